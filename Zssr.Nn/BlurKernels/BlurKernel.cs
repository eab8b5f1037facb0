using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// How an image was blurred before it was sampled: a table of weights, [height, width], that sum to 1. From a file in which a kernel
/// estimator left it, from a gray image, or as a formula.
/// </summary>
/// <remarks>
/// Only the weights' proportions matter: they are divided by their sum. Weights may be negative (an estimated kernel rings), but the
/// sum must be positive and not the small rest of larger weights that cancel: Σw ≥ 10⁻⁶·Σ|w|.
/// A kernel has at most <see cref="LongestSide"/> rows and columns.
/// </remarks>
public sealed class BlurKernel
{
    /// <summary>The most rows or columns of a kernel: wider than any blur that leaves something to enlarge.</summary>
    public const int LongestSide = 255;

    private const double SmallestSumOfMagnitudes = 1e-6;

    private BlurKernel(double[,] weights) => Numeric = new NumericKernel(Normalised(weights));

    /// <summary>The weights, summing to 1 but for rounding, as the ops of Zssr.Tensor take them.</summary>
    public NumericKernel Numeric { get; }

    /// <summary>Rows.</summary>
    public int Height => Numeric.Height;

    /// <summary>Columns.</summary>
    public int Width => Numeric.Width;

    /// <summary>
    /// The kernel in a MATLAB 5 MAT-file: what <c>save</c> writes with <c>-v6</c> or <c>-v7</c>, on any machine. The stream is left open.
    /// </summary>
    /// <param name="mat">The file, from the stream's position to its end; at most 64 MiB.</param>
    /// <param name="variable">
    /// The matrix to take. If null: the one named <c>Kernel</c>, or else the only two-dimensional numeric one.
    /// </param>
    /// <exception cref="BlurKernelException">
    /// The file is none such or is damaged, has no such variable or several to choose from, or its numbers are none of a kernel.
    /// </exception>
    public static BlurKernel FromMat(Stream mat, string? variable = null)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return new BlurKernel(KernelVariable.Choose(MatFile.Read(mat), variable).ReadMatrix());
    }

    /// <summary>
    /// The kernel in a text: a row on each line, its numbers (such as <c>-1.5e-3</c>, always with a point) separated by spaces, tabs,
    /// commas or semicolons. What follows <c>#</c> or <c>%</c> on a line is a comment; empty lines do not count.
    /// </summary>
    /// <exception cref="BlurKernelException">
    /// A word is not a finite number, a row is longer or shorter than those before it, there are too many or none. The message gives
    /// the line.
    /// </exception>
    public static BlurKernel FromText(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new BlurKernel(KernelText.Read(text));
    }

    /// <inheritdoc cref="FromText(TextReader)"/>
    public static BlurKernel FromText(string text)
    {
        using var reader = new StringReader(text);
        return FromText(reader);
    }

    /// <summary>The kernel that a gray image shows: black is 0, and the brighter a pixel the greater its weight.</summary>
    /// <param name="gray">Brightness in any unit (0…1, 0…255), [height, width], none negative; linear, not gamma-coded.</param>
    /// <exception cref="BlurKernelException">The image is too large, empty or black, or a value is negative or not finite.</exception>
    public static BlurKernel FromGray(double[,] gray)
    {
        ArgumentNullException.ThrowIfNull(gray);
        double least = gray.Cast<double>().DefaultIfEmpty().Min();
        return least < 0
            ? throw new BlurKernelException($"blur kernel: the gray image has a value of {least}; brightness is 0 or more.")
            : new BlurKernel(gray);
    }

    /// <summary>
    /// A Gaussian sampled at the pixels: w[i, j] ∝ exp(−((i − c)² + (j − c)²) / (2σ²)) with c = (size − 1)/2, as MATLAB's
    /// <c>fspecial('gaussian', size, sigma)</c>.
    /// </summary>
    /// <param name="sigma">σ, its standard deviation in pixels of the sharp image.</param>
    /// <param name="size">Rows and columns; if null 2·⌈3σ⌉ + 1, beyond which lies less than 0.6% of its weight.</param>
    /// <exception cref="BlurKernelException">
    /// <paramref name="sigma"/> is not positive and finite, or the size is not 1 … <see cref="LongestSide"/>.
    /// </exception>
    public static BlurKernel Gaussian(double sigma, int? size = null)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
            throw new BlurKernelException($"Gaussian kernel: sigma is {sigma}; it must be a positive number of pixels.");

        double side = size ?? 2 * Math.Ceiling(3 * sigma) + 1;
        if (!(side >= 1 && side <= LongestSide))
        {
            throw new BlurKernelException(
                $"Gaussian kernel: with sigma {sigma} its size is {side}; it may be 1 to {LongestSide}. Give another size.");
        }

        double[,] weights = new double[(int)side, (int)side];
        double centre = (side - 1) / 2;
        for (int i = 0; i < side; i++)
        {
            for (int j = 0; j < side; j++)
                weights[i, j] = Math.Exp(-(Squared((i - centre) / sigma) + Squared((j - centre) / sigma)) / 2);
        }

        return new BlurKernel(weights);
    }

    /// <summary>
    /// A Gaussian of different widths along two directions, sampled at the pixels: w ∝ exp(−(a/σ₁)²/2 − (b/σ₂)²/2) with a along the
    /// direction of the angle and b across it, in as many pixels as <see cref="Gaussian(double, int?)"/> takes for the wider.
    /// </summary>
    /// <param name="along">σ₁ in pixels of the sharp image.</param>
    /// <param name="across">σ₂.</param>
    /// <param name="angle">From the columns' direction towards the rows', in radians.</param>
    /// <exception cref="BlurKernelException">A width is not positive and finite, or too large.</exception>
    public static BlurKernel Gaussian(double along, double across, double angle)
    {
        foreach (double sigma in new[] { along, across })
        {
            if (!(sigma > 0 && 2 * Math.Ceiling(3 * sigma) + 1 <= LongestSide))
            {
                throw new BlurKernelException(
                    $"Gaussian kernel: sigma is {sigma}; it must be above 0 and at most {(LongestSide - 1) / 6}.");
            }
        }

        int reach = (int)Math.Ceiling(3 * Math.Max(along, across));
        (double sine, double cosine) = Math.SinCos(angle);
        double[,] weights = new double[2 * reach + 1, 2 * reach + 1];
        for (int y = -reach; y <= reach; y++)
        {
            for (int x = -reach; x <= reach; x++)
            {
                (double a, double b) = (x * cosine + y * sine, y * cosine - x * sine);
                weights[y + reach, x + reach] = Math.Exp(-(Squared(a / along) + Squared(b / across)) / 2);
            }
        }

        return new BlurKernel(weights);
    }

    /// <summary>
    /// A kernel drawn by chance, 11 × 11: a Gaussian with variances of 0.35 to 5 pixels² along two directions of any angle, each weight
    /// multiplied by 0.75 to 1.25. As the kernels of the test set DIV2KRK are made.
    /// </summary>
    /// <param name="seed">Which: the same seed gives the same kernel.</param>
    public static BlurKernel Random(ulong seed) => new(RandomKernel.Weights(seed));

    /// <summary>
    /// Whether the kernel turned and mirrored around its middle is the same, but for 2 % of its weight: then an image turned and mirrored so
    /// is blurred by it as if it had been blurred before.
    /// </summary>
    public bool IsUnchangedBy(Variant variant) => KernelSymmetry.Holds(Numeric.ToArray(), variant);

    private static double Squared(double x) => x * x;

    private static double[,] Normalised(double[,] weights)
    {
        RequireSides(weights.GetLength(0), weights.GetLength(1));
        double sum = 0, magnitudes = 0;
        foreach (double weight in weights)
            (sum, magnitudes) = (sum + weight, magnitudes + Math.Abs(weight));
        if (!double.IsFinite(magnitudes))
            throw new BlurKernelException("blur kernel: a weight is infinite, not a number, or so large that the sum is. Is it a kernel?");
        if (!(sum > 0 && sum >= SmallestSumOfMagnitudes * magnitudes))
        {
            throw new BlurKernelException(
                $"blur kernel: the weights sum to {sum}, their magnitudes to {magnitudes}; the weights of a blur have a positive sum " +
                $"(usually 1), at least {SmallestSumOfMagnitudes} of the sum of their magnitudes.");
        }

        double[,] normalised = (double[,])weights.Clone();
        for (int i = 0; i < normalised.GetLength(0); i++)
        {
            for (int j = 0; j < normalised.GetLength(1); j++)
                normalised[i, j] /= sum;
        }

        return normalised;
    }

    /// <summary>Throws where a kernel of this size is empty or too large. Asked before memory is taken for it.</summary>
    internal static void RequireSides(long height, long width)
    {
        if (height is < 1 or > LongestSide || width is < 1 or > LongestSide)
        {
            throw new BlurKernelException(
                $"blur kernel: it is {height} × {width}; a kernel must be 1 × 1 to {LongestSide} × {LongestSide}. Is it an image?");
        }
    }
}
