namespace Zssr.Tests.Architecture;

/// <summary>
/// The architecture: for each folder of each project, the folders of the same project that its code may use. docs/architecture.md draws it.
/// </summary>
internal static class AllowedArrows
{
    /// <summary>Folders with what they use, separated by blanks.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByProject { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
        };

    /// <summary>The arrows of one project.</summary>
    public static IEnumerable<FolderArrow> Of(string project) =>
        ByProject[project].SelectMany(folder => folder.Value.Split(' ').Select(used => new FolderArrow(folder.Key, used)));
}
