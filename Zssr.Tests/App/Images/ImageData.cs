namespace Zssr.Tests.App.Images;

/// <summary>The files in the folder Data.</summary>
internal static class ImageData
{
    /// <summary>Where one of them is.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "App", "Images", "Data", name);

    /// <summary>Its bytes.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
