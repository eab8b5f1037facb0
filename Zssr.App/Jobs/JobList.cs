using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.App.Jobs;

/// <summary>Finds the images that a command line names, and where each result goes.</summary>
/// <param name="output">A file for a single image, else a folder.</param>
/// <param name="recursive">Whether folders are searched with all folders in them.</param>
/// <param name="runFolder">Where runs leave their records; several images get a folder each in it.</param>
/// <param name="groundTruth">A file for a single image, else a folder with files of the same names.</param>
/// <param name="kernel">The file of the blur kernel, or null: it is not to be replaced.</param>
internal sealed class JobList(string output, bool recursive, string? runFolder, string? groundTruth, string? kernel = null)
{
    /// <summary>The jobs of files and folders, in the order given; a folder's files by name.</summary>
    /// <exception cref="UsageException">The output cannot be meant: no image's name for one image, or one for several.</exception>
    /// <exception cref="FileException">There is no image in a folder, or it may not be read, or two files would meet (<see cref="DistinctFiles"/>).</exception>
    public IReadOnlyList<UpscaleJob> Of(IReadOnlyList<string> inputs)
    {
        bool toFile = inputs.Count == 1 && !Directory.Exists(inputs[0]) && !IsFolder(output);
        if (toFile && !ImageFile.HasWritableName(output))
        {
            throw new UsageException(
                $"--output {output}: an image's name ends in {string.Join(", ", ImageFile.Extensions)}. If a folder is meant, "
                + $"add a {Path.DirectorySeparatorChar}");
        }

        if (!toFile && ImageFile.HasImageName(output) && !IsFolder(output))
        {
            throw new UsageException(
                $"--output {output}: several images need a folder, and this is the name of an image. If a folder is meant, "
                + $"add a {Path.DirectorySeparatorChar}");
        }

        List<(string Path, string Name)> images = [.. inputs.SelectMany(Images)];
        if (groundTruth is not null && images.Count > 1 && !Directory.Exists(groundTruth))
            throw new UsageException($"--ground-truth {groundTruth}: several images need a folder with images of the same names.");
        List<UpscaleJob> jobs = toFile
            ? [new UpscaleJob(images[0].Path, output, runFolder, groundTruth)]
            : [.. images.Select(image => JobInFolder(image.Path, image.Name, single: images.Count == 1))];
        DistinctFiles.Require(jobs, kernel);
        return jobs;
    }

    /// <summary>The images of one input, each with the name that it has inside the folder.</summary>
    private IEnumerable<(string Path, string Name)> Images(string input)
    {
        if (!Directory.Exists(input))
            return [(input, Path.GetFileName(input))];
        (string, string)[] found =
        [
            .. FolderSearch.FilesIn(input, recursive)
                .Where(path => ImageFile.HasImageName(path) && !IsResult(path, input))
                .Select(path => (path, Path.GetRelativePath(input, path))),
        ];
        return found.Length > 0
            ? found
            : throw new FileException(
                input,
                $"{input} holds no image ({string.Join(", ", ImageFile.ReadableExtensions)}). Name another folder, or use --recursive.");
    }

    /// <summary>
    /// Whether a file is in a folder of results that lies inside the folder searched: a second run must not enlarge the first one's.
    /// </summary>
    private bool IsResult(string path, string input) =>
        new[] { output, runFolder }.OfType<string>().Any(folder => IsInside(folder, input) && IsInside(path, folder));

    private static bool IsInside(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative != "." && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private UpscaleJob JobInFolder(string path, string name, bool single) => new(
        path,
        Path.Combine(output, ImageFile.HasWritableName(name) ? name : name + ".png"),
        runFolder is null || single ? runFolder : Path.Combine(runFolder, name),
        groundTruth is null ? null : Directory.Exists(groundTruth) ? Path.Combine(groundTruth, name) : groundTruth);

    private static bool IsFolder(string path) => Directory.Exists(path) || Path.EndsInDirectorySeparator(path);
}
