using System.Globalization;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>Reads the blur kernel that a command line names.</summary>
internal static class KernelFile
{
    private const string GaussianPrefix = "gaussian:", RandomPrefix = "random:";
    private const string Content = "a blur kernel";

    /// <summary>Whether it is a formula, not the name of a file.</summary>
    public static bool IsFormula(string? name) => name is not null && (Has(name, GaussianPrefix) || Has(name, RandomPrefix));

    /// <summary>
    /// A kernel from a MATLAB file, an image (its brightness), a text of rows of numbers, <c>gaussian:σ</c> with σ in pixels of the
    /// large image, or <c>random:SEED</c>.
    /// </summary>
    /// <param name="path">The file, or the formula.</param>
    /// <param name="maxPixels">Larger images are refused.</param>
    /// <exception cref="FileException">There is no such file, or it holds no kernel.</exception>
    /// <exception cref="SettingsException">σ or the seed is no number.</exception>
    public static BlurKernel Read(string path, long maxPixels)
    {
        if (Has(path, GaussianPrefix))
            return Gaussian(path[GaussianPrefix.Length..]);
        if (Has(path, RandomPrefix))
            return Random(path[RandomPrefix.Length..]);
        try
        {
            if (ImageFile.HasImageName(path))
                return BlurKernel.FromGray(Brightness(ImageFile.Read(path, maxPixels)));
            if (Path.GetExtension(path).Equals(".mat", StringComparison.OrdinalIgnoreCase))
            {
                using FileStream mat = SourceFile.Open(path, Content);
                return BlurKernel.FromMat(mat);
            }

            using var text = new StreamReader(SourceFile.Open(path, Content));
            return BlurKernel.FromText(text);
        }
        catch (BlurKernelException failure)
        {
            throw new FileException(path, $"{path}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is FileException or IOException or UnauthorizedAccessException)
        {
            throw new FileException(path, $"cannot read the blur kernel {path}: {failure.Message}", failure);
        }
    }

    private static bool Has(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static BlurKernel Random(string seed) =>
        ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? BlurKernel.Random(value)
            : throw new SettingsException(
                $"--kernel: '{RandomPrefix}{seed}' was given; the seed must be a whole number of 0 or more, as in random:1.");

    private static BlurKernel Gaussian(string sigma)
    {
        if (!double.TryParse(sigma, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw new SettingsException($"--kernel: '{GaussianPrefix}{sigma}' was given; sigma must be a number, as in gaussian:1.2.");
        try
        {
            return BlurKernel.Gaussian(value);
        }
        catch (BlurKernelException failure)
        {
            throw new SettingsException($"--kernel: {failure.Message}");
        }
    }

    private static double[,] Brightness(Picture picture)
    {
        var gray = new double[picture.Height, picture.Width];
        for (int i = 0; i < picture.Height; i++)
        {
            for (int j = 0; j < picture.Width; j++)
                gray[i, j] = picture.Color.AsSpan((i * picture.Width + j) * picture.Channels, picture.Channels).ToArray().Average();
        }

        return gray;
    }
}
