namespace Zssr.Tensors;

/// <summary>The continuous functions that resizing samples its weights from.</summary>
internal static class KernelFunctions
{
    /// <summary>
    /// How close to the edge of the box a point counts as on it: u is a rounded number, so ties must not hang on its last bit.
    /// </summary>
    private const double EdgeTolerance = 1e-9;

    /// <summary>h(x).</summary>
    public static double Evaluate(this ResizeKernel kernel, double x) => kernel switch
    {
        ResizeKernel.Cubic => CubicConvolution(x, a: -0.5),
        ResizeKernel.Linear => Math.Max(1 - Math.Abs(x), 0),
        ResizeKernel.Box => x >= -0.5 - EdgeTolerance && x < 0.5 - EdgeTolerance ? 1 : 0,
        ResizeKernel.Lanczos2 => Lanczos(x, 2),
        ResizeKernel.Lanczos3 => Lanczos(x, 3),
        _ => throw Unknown(kernel),
    };

    /// <summary>The length of the interval outside which h is 0, in pixels.</summary>
    public static double Width(this ResizeKernel kernel) => kernel switch
    {
        ResizeKernel.Cubic or ResizeKernel.Lanczos2 => 4,
        ResizeKernel.Linear => 2,
        ResizeKernel.Box => 1,
        ResizeKernel.Lanczos3 => 6,
        _ => throw Unknown(kernel),
    };

    /// <summary>
    /// Cubic convolution (R. Keys, "Cubic convolution interpolation for digital image processing", 1981), zero where |x| ≥ 2:
    /// (a + 2)|x|³ − (a + 3)|x|² + 1 for |x| ≤ 1, a|x|³ − 5a|x|² + 8a|x| − 4a for 1 &lt; |x| &lt; 2.
    /// </summary>
    public static double CubicConvolution(double x, double a)
    {
        x = Math.Abs(x);
        if (x <= 1)
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    /// <summary>sinc(x) · sinc(x / lobes) where |x| &lt; lobes, else 0.</summary>
    private static double Lanczos(double x, int lobes) => Math.Abs(x) < lobes ? Sinc(x) * Sinc(x / lobes) : 0;

    /// <summary>sin(πx) / (πx), which is 1 at 0.</summary>
    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static ArgumentOutOfRangeException Unknown(ResizeKernel kernel) => new(
        nameof(kernel),
        kernel,
        $"imresize: no resize kernel has the number {(int)kernel}. Use one of {string.Join(", ", Enum.GetNames<ResizeKernel>())}.");
}
