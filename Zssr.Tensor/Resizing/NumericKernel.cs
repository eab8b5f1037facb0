namespace Zssr.Tensors;

/// <summary>
/// A blur kernel given as numbers, square or rectangular, as estimated from a real image:
/// how its camera turned the sharp scene into pixels.
/// </summary>
public sealed class NumericKernel
{
    private readonly double[,] _weights;

    /// <summary>A kernel with these weights, [height, width]; they are copied.</summary>
    /// <exception cref="ShapeException">The kernel has no weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not finite, or the weights' sum is not positive.</exception>
    public NumericKernel(double[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length == 0)
        {
            throw new ShapeException(
                $"numeric kernel: it is {weights.GetLength(0)} × {weights.GetLength(1)} and holds no weights; it needs one or more.");
        }

        double sum = weights.Cast<double>().Sum();
        if (!(sum > 0 && double.IsFinite(sum)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(weights), sum, $"numeric kernel: the weights sum to {sum}; a blur kernel's are finite and sum to about 1.");
        }

        _weights = (double[,])weights.Clone();
    }

    /// <summary>Rows.</summary>
    public int Height => _weights.GetLength(0);

    /// <summary>Columns.</summary>
    public int Width => _weights.GetLength(1);

    /// <summary>The weight at a row and column, counted from 0.</summary>
    public double this[int row, int column] => _weights[row, column];

    /// <summary>The weights, [Height, Width]; a copy.</summary>
    public double[,] ToArray() => (double[,])_weights.Clone();

    /// <summary>The mean position of the weights, in pixels from the centre of the first one: Σ k[i, j]·(i, j) / Σ k[i, j].</summary>
    public (double Row, double Column) CentreOfMass => CentreOf(_weights);

    internal static (double Row, double Column) CentreOf(double[,] weights)
    {
        double sum = 0, row = 0, column = 0;
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
            {
                sum += weights[i, j];
                row += i * weights[i, j];
                column += j * weights[i, j];
            }
        }

        return (row / sum, column / sum);
    }

    /// <summary>
    /// The kernel moved so that shrinking by <paramref name="verticalFactor"/> and <paramref name="horizontalFactor"/>
    /// keeps the image in place: its centre of mass then lies at ⌊k/2⌋ + (s − 1)/2 on each axis (k its size, s the factor), to
    /// 0.002 pixels. The weights' sum stays what it was.
    /// </summary>
    /// <remarks>
    /// Why there: shrunk pixel i is the kernel applied around pixel i·s of the image, but the s pixels that it stands for,
    /// i·s … i·s + s − 1, have their middle (s − 1)/2 further on. Without the shift the enlarged result lies half a pixel or more
    /// beside the image, and back-projection would write ghosts of every edge.
    /// The kernel grows by as much as the shift and its ringing need, by the same number of rows above and below and of columns left and
    /// right: by ⌈largest |shift|⌉ + 1 at least.
    /// </remarks>
    /// <param name="verticalFactor">s of the rows: 2 halves their number.</param>
    /// <param name="horizontalFactor">s of the columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not a positive, finite number.</exception>
    /// <exception cref="ShapeException">
    /// The moved kernel would be larger than any blur: the factor is, or weights that cancel each other put the centre of mass far outside.
    /// </exception>
    public NumericKernel Shifted(double verticalFactor, double horizontalFactor)
    {
        ResizeLengths.RequireScale("shift kernel", nameof(verticalFactor), verticalFactor);
        ResizeLengths.RequireScale("shift kernel", nameof(horizontalFactor), horizontalFactor);
        (double row, double column) = CentreOfMass;
        double down = Height / 2 + (verticalFactor - 1) / 2 - row;
        double right = Width / 2 + (horizontalFactor - 1) / 2 - column;
        return new NumericKernel(KernelShift.Apply(_weights, (row, column), down, right));
    }

    /// <summary>
    /// The kernel moved by so many pixels, as <see cref="Shifted(double, double)"/> moves it; by (0, 0) it is the same kernel.
    /// </summary>
    /// <param name="down">Rows.</param>
    /// <param name="right">Columns.</param>
    /// <exception cref="ShapeException">The moved kernel would be larger than any blur.</exception>
    public NumericKernel Moved(double down, double right) =>
        (down, right) == (0, 0) ? this : new NumericKernel(KernelShift.Apply(_weights, CentreOfMass, down, right));

    /// <summary><see cref="Shifted(double, double)"/> for a factor that is the same on both axes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a positive, finite number.</exception>
    public NumericKernel Shifted(double factor) => Shifted(factor, factor);
}
