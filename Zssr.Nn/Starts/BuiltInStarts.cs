using System.Reflection;

namespace Zssr.Nn;

/// <summary>
/// The starts that come with the program: files <c>Starts/NAME-FORM-xSCALE.safetensors</c> of this project, embedded when it is built. All
/// files of one name are one start. docs/starts.md has the commands that make them.
/// </summary>
public static class BuiltInStarts
{
    private const string Extension = ".safetensors";

    private static readonly Lazy<IReadOnlyList<NetworkStart>> All = new(Read);

    /// <summary>The start learned from drawn pictures alone.</summary>
    public const string Drawn = "drawn";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. All.Value.Select(start => start.Name)];

    /// <summary>The start of a name; null where there is none.</summary>
    public static NetworkStart? Find(string name) =>
        All.Value.FirstOrDefault(start => start.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static NetworkStart[] Read()
    {
        Assembly assembly = typeof(BuiltInStarts).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(resource => resource.EndsWith(Extension, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .GroupBy(resource => resource.Split('-')[0])
                .Select(files => NetworkStart.Read(files.Key, [.. files.Select(BytesOf)])),
        ];

        byte[] BytesOf(string resource)
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
