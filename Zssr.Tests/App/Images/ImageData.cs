using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>The files in the folder Data.</summary>
internal static class ImageData
{
    /// <summary>The names of all images.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(PathOf("."))
        .Select(path => Path.GetFileName(path)!).Where(ImageFile.HasImageName).Order(StringComparer.Ordinal);

    /// <summary>Where one of them is.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "App", "Images", "Data", name);

    /// <summary>Its bytes.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
