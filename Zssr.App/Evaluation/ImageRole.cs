using System.Text.RegularExpressions;

namespace Zssr.App.Evaluation;

/// <summary>What a file's path says about an image of a test set.</summary>
internal enum RoleKind
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It is the image that a result should be.</summary>
    Large,

    /// <summary>It is the image that is enlarged.</summary>
    Small,
}

/// <summary>Whether an image of a test set is the large or the small one of a pair, and which pair, as its path says.</summary>
/// <param name="Kind">Large, small, or unknown.</param>
/// <param name="Keys">
/// Names of the pair. A large image has one; a small one may have a second, for its name may end in the scale: <c>babyx2</c>.
/// </param>
/// <remarks>
/// The end of the name decides (<c>img_001_HR.png</c>, <c>bird-lr.png</c>, <c>bsd_gt.png</c>), else the nearest folder with such a word
/// in its name (<c>HR</c>, <c>DIV2K_valid_LR_bicubic</c>, <c>GTmod12</c>, <c>LRbicx2</c>). Neither those folders nor folders of a scale
/// (<c>X2</c>) are part of the pair's name; all other folders are, so that two sets in one folder stay apart.
/// </remarks>
internal sealed partial record ImageRole(RoleKind Kind, IReadOnlyList<string> Keys)
{
    /// <summary>Reads a path relative to the set's folder.</summary>
    public static ImageRole Of(string relativePath)
    {
        string[] folders = (Path.GetDirectoryName(relativePath) ?? "").Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        string stem = Path.GetFileNameWithoutExtension(relativePath);
        RoleKind kind = RoleKind.Unknown;
        if (EndOfName().Match(stem) is { Success: true } end)
            (kind, stem) = (KindOf(end.Groups["role"].Value), stem[..end.Index]);
        for (int i = folders.Length - 1; i >= 0 && kind == RoleKind.Unknown; i--)
        {
            if (FolderWord().Match(folders[i]) is { Success: true } word)
                kind = KindOf(word.Groups["role"].Value);
        }

        string group = string.Concat(
            folders.Where(folder => !FolderWord().IsMatch(folder) && !ScaleFolder().IsMatch(folder)).Select(folder => folder + "/"));
        string bare = ScaleAtEnd().Replace(stem, "");
        bool hasScale = kind == RoleKind.Small && bare.Length > 0 && bare != stem;
        return new ImageRole(kind, hasScale ? [group + stem, group + bare] : [group + stem]);
    }

    private static RoleKind KindOf(string word) => word.StartsWith('L') || word.StartsWith('l') ? RoleKind.Small : RoleKind.Large;

    [GeneratedRegex("(?<=.)[_-](?<role>HR|GT|LR)$", RegexOptions.IgnoreCase)]
    private static partial Regex EndOfName();

    [GeneratedRegex(@"(^|[_-])(?<role>(HR|GT)(mod\d+)?|LR(bic)?(x\d+)?)($|[_-])", RegexOptions.IgnoreCase)]
    private static partial Regex FolderWord();

    [GeneratedRegex(@"^x\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex ScaleFolder();

    [GeneratedRegex(@"[_-]?x\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex ScaleAtEnd();
}
