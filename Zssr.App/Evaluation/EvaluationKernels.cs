using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.Nn;

namespace Zssr.App.Evaluation;

/// <summary>The blur kernels of a set's images: one for all of them, or a folder with one for each, found by its name.</summary>
internal sealed class EvaluationKernels
{
    private readonly BlurKernel? _forAll;
    private readonly Dictionary<string, string> _files = [];
    private readonly string _folder = "";
    private readonly long _maxPixels;

    /// <param name="name">A folder, or what <see cref="KernelFile.Read"/> takes.</param>
    /// <param name="maxPixels">The most pixels of a kernel that is an image.</param>
    /// <exception cref="FileException">There is no such file, it holds no kernel, or two files of the folder have the same name.</exception>
    /// <exception cref="SettingsException">A number of a formula is none.</exception>
    public EvaluationKernels(string name, long maxPixels)
    {
        _maxPixels = maxPixels;
        if (KernelFile.IsFormula(name) || !Directory.Exists(name))
        {
            _forAll = KernelFile.Read(name, maxPixels);
            return;
        }

        _folder = name;
        foreach (string file in FolderSearch.FilesIn(name, recursive: false))
        {
            string stem = Path.GetFileNameWithoutExtension(file);
            if (!_files.TryAdd(stem, file))
                throw new FileException(file, $"{_files[stem]} and {file} are two kernels with the same name. Move one out of the folder.");
        }
    }

    /// <summary>The kernel of an image: of a folder's files the one that has its name, or that of its large or small file.</summary>
    /// <exception cref="FileException">There is none, or it holds no kernel.</exception>
    public BlurKernel For(EvaluationImage image)
    {
        if (_forAll is not null)
            return _forAll;
        string[] names = [.. new[] { image.Name, image.Small, image.Large }.OfType<string>().Select(Stem).Distinct()];
        return names.Select(name => _files.GetValueOrDefault(name)).FirstOrDefault(file => file is not null) is { } found
            ? KernelFile.Read(found, _maxPixels)
            : throw new FileException(_folder, $"{_folder} has no kernel for {image.Name}: a file {names[0]}.mat, .txt or .png is needed.");
    }

    /// <summary>Of a name without an extension too, which may have points in it.</summary>
    private static string Stem(string path) =>
        ImageFile.HasImageName(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
}
