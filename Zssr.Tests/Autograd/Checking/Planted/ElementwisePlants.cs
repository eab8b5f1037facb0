namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>Mistakes in functions of single elements, y = x² unless said otherwise.</summary>
internal static class ElementwisePlants
{
    private const int Count = 8;
    private const string NotLinear = "the backward pass is not linear in the output gradient";

    public static IReadOnlyList<Plant> All { get; } =
    [
        Square("right", "", (x, dy) => 2 * x * dy),
        Square("the sign", "has the wrong sign", (x, dy) => -2 * x * dy),
        Square("a factor", "is twice what it should be", (x, dy) => 4 * x * dy),
        Square("degrees for radians", "is 0.0174533 times", (x, dy) => 2 * x * dy * Math.PI / 180),
        Map("swish without x · s′", "", x => x * Sigmoid(x), (x, dy) => dy * Sigmoid(x), said: "without"),
        Map("dy added", "plus dy, the output gradient", Math.Sin, (x, dy) => dy + dy * Math.Cos(x)),
        Map("a skip connection forgotten", "without dy, the output gradient", x => x + Math.Sin(x), (x, dy) => dy * Math.Cos(x)),
        Square("a constant added", "an output gradient of zeros gives", (x, dy) => 2 * x * dy + 1e-2),
        Square("dy forgotten", "its factor dy is missing", (x, _) => 2 * x),
        Square("the function's own derivative forgotten", "is the output gradient dy as it came", (_, dy) => dy),

        // Not linear in dy: a row of the Jacobian does not show it.
        Square("the absolute value of dy", NotLinear, (x, dy) => 2 * x * Math.Abs(dy)),
        Square("guided: max(dy, 0)", NotLinear, (x, dy) => 2 * x * Math.Max(dy, 0)),
        Square("clipped at 1", NotLinear, (x, dy) => 2 * x * Math.Clamp(dy, -1, 1)),
        Square("clipped at 10⁶", NotLinear, (x, dy) => 2 * x * Math.Clamp(dy, -1e6, 1e6)),
        Square("a dead zone below 10⁻⁸", NotLinear, (x, dy) => Math.Abs(dy) < 1e-8 ? 0 : 2 * x * dy),
        Square("dy²", NotLinear, (x, dy) => 2 * x * dy * dy),
        Square("dy³", NotLinear, (x, dy) => 2 * x * dy * dy * dy),
        Square("leaky for negative dy", NotLinear, (x, dy) => 2 * x * (dy < 0 ? 0.99 * dy : dy)),
        Whole("divided by the largest of dy", NotLinear, dy => [.. dy.Select(u => u / dy.Max(Math.Abs))]),
        Whole("divided by ‖dy‖, times ‖dy‖₁", NotLinear,
            dy => [.. dy.Select(u => u * dy.Sum(Math.Abs) / Math.Sqrt(dy.Sum(v => v * v)))]),
        Whole("only the largest of dy", NotLinear, dy => [.. dy.Select(u => Math.Abs(u) < dy.Max(Math.Abs) ? 0 : u)]),
        Whole("clipped by the norm", NotLinear, dy => [.. dy.Select(u => u / Math.Max(1, Math.Sqrt(dy.Sum(v => v * v))))]),

        // Below the absolute tolerance.
        Map("−10⁻⁶ for 10⁻⁶", "has the wrong sign", x => 1e-6 * x, (_, dy) => -1e-6 * dy),
        Map("nothing for 10⁻⁷", "is zero everywhere", x => 1e-7 * x, (_, dy) => 0 * dy),
        Map("twice 10⁻⁹ sin x", "is twice", x => 1e-9 * Math.Sin(x), (x, dy) => 2e-9 * Math.Cos(x) * dy),
        Map("−10⁻¹⁰ beside 1, which rounding hides", "", x => 1 + 1e-10 * x, (_, dy) => -1e-10 * dy, said: "WRONG"),
        Map("10⁻⁶, right", "", x => 1e-6 * Math.Sin(x), (x, dy) => 1e-6 * Math.Cos(x) * dy),
        Map("10⁻¹⁰ beside 1, right", "", x => 1 + 1e-10 * x, (_, dy) => 1e-10 * dy),

        // Places.
        Whole("the last element skipped", "all of them at index 7 of axis 0", dy => [.. dy[..^1], 0]),
        Whole("shifted by one", "is shifted by +1 along axis 0", dy => [0, .. dy[..^1]], x => x, exact: true),
        Whole("flipped", "is flipped along axis 0", dy => [.. dy.Reverse()]),
        Whole("not a number", "is NaN in places", dy => [double.NaN, .. dy[1..]]),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Plant Square(string name, string said, Func<double, double, double> backward) =>
        Map(name, said, x => x * x, backward);

    private static Plant Map(string name, string cause, Func<double, double> f, Func<double, double, double> backward, string said = "") =>
        new(name, said.Length > 0 ? said : cause, [[Count]], [Count], x => [.. x[0].Select(f)],
            (x, dy, _) => [[.. x[0].Zip(dy, backward)]]);

    /// <summary>y = x², or another function whose derivative is 1, where dy is mangled as a whole first, or the result.</summary>
    private static Plant Whole(
        string name, string said, Func<double[], double[]> mangle, Func<double, double>? f = null, bool exact = false) =>
        new(name, said, [[Count]], [Count], x => [.. x[0].Select(f ?? (value => value * value))],
            (x, dy, _) => [exact ? mangle(dy) : said == NotLinear
                ? [.. x[0].Zip(mangle(dy), (value, u) => 2 * value * u)] : mangle([.. x[0].Zip(dy, (value, u) => 2 * value * u)])]);
}
