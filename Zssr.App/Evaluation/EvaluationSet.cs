using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.App.Evaluation;

/// <summary>The images of a folder, for measuring methods on them.</summary>
/// <param name="Images">By scale, then by name.</param>
/// <param name="Problems">Why images are missing that should be there, a line for each.</param>
/// <param name="Notes">What was left out because nothing says what it is, a line for each.</param>
/// <remarks>
/// Where the folder holds small images (<see cref="ImageRole"/>), each is paired with the large one of its name, and the sizes say its
/// scale; images of scales that were not asked for are left out. A folder without any is one of large images: small ones are made.
/// </remarks>
internal sealed record EvaluationSet(
    IReadOnlyList<EvaluationImage> Images, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes)
{
    /// <summary>The largest scale.</summary>
    public const int LargestScale = 8;

    /// <summary>Searches a folder with all folders in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="scales">The scales asked for.</param>
    /// <exception cref="FileException">There is no such folder, it may not be read, or there is nothing in it for one of the scales.</exception>
    public static EvaluationSet Find(string folder, IReadOnlyList<int> scales)
    {
        if (!Directory.Exists(folder))
            throw new FileException(folder, $"there is no folder '{folder}' (looked from {Environment.CurrentDirectory}).");
        string[] files = [.. FolderSearch.FilesIn(folder, recursive: true).Where(ImageFile.HasImageName)];
        if (files.Length == 0)
        {
            throw new FileException(
                folder, $"{folder} holds no image ({string.Join(", ", ImageFile.ReadableExtensions)}). Name another folder.");
        }

        List<(string File, ImageRole Role)> images = [.. files.Select(file => (file, ImageRole.Of(Path.GetRelativePath(folder, file))))];
        // NAME beside NAME_HR is its small image.
        HashSet<string> largeNames = [.. images.Where(image => image.Role.Kind == RoleKind.Large).Select(image => image.Role.Keys[0])];
        images = [.. images.Select(image => image.Role.Kind == RoleKind.Unknown && largeNames.Contains(image.Role.Keys[0])
            ? image with { Role = image.Role with { Kind = RoleKind.Small } } : image)];
        bool saysRoles = images.Exists(image => image.Role.Kind != RoleKind.Unknown);
        string[] notes = saysRoles
            ? [.. images.Where(image => image.Role.Kind == RoleKind.Unknown)
                .Select(image => $"{image.File} is skipped: neither its name nor its folder says whether it is a large or a small image.")]
            : [];
        if (!saysRoles)
            images = [.. images.Select(image => image with { Role = image.Role with { Kind = RoleKind.Large } })];

        var pairing = new Pairing(images);
        EvaluationImage[] found = [.. pairing.Images.Where(image => image.Small is null || scales.Contains(image.Scale))
            .SelectMany(image => image.Small is null ? scales.Select(scale => image with { Scale = scale }) : [image])
            .OrderBy(image => image.Scale)];
        if (scales.Where(scale => !Array.Exists(found, image => image.Scale == scale)).ToArray() is { Length: > 0 } missing)
        {
            string reason = pairing.Problems.Count > 0 ? " " + pairing.Problems[0] : "";
            throw new FileException(folder, $"{folder} holds no pair of images for scale {string.Join(", ", missing)}.{reason}");
        }

        return new EvaluationSet([.. Named(found)], pairing.Problems, notes);
    }

    /// <summary>Names without folders, where they are not needed to tell two images of a scale apart.</summary>
    private static IEnumerable<EvaluationImage> Named(EvaluationImage[] images)
    {
        foreach (EvaluationImage image in images)
        {
            string brief = Path.GetFileName(image.Name);
            bool isUnique = images.Count(other => other.Scale == image.Scale && Path.GetFileName(other.Name) == brief) == 1;
            yield return isUnique ? image with { Name = brief } : image;
        }
    }
}
