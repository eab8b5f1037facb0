using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>A tensor in four numbers. NaN in any element makes all of them NaN.</summary>
/// <param name="Least">The smallest element.</param>
/// <param name="Largest">The largest element.</param>
/// <param name="Mean">The mean of all elements.</param>
/// <param name="Norm">√(Σ x²), the Euclidean norm.</param>
public readonly record struct TensorStatistics(double Least, double Largest, double Mean, double Norm)
{
    /// <summary>Reads the tensor back from its device. An empty tensor has NaN.</summary>
    public static TensorStatistics Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Of(tensor.ToDoubles());
    }

    internal static TensorStatistics Of(ReadOnlySpan<double> elements)
    {
        if (elements.IsEmpty)
            return new TensorStatistics(double.NaN, double.NaN, double.NaN, double.NaN);
        double least = double.PositiveInfinity, largest = double.NegativeInfinity, sum = 0, squares = 0;
        foreach (double element in elements)
        {
            // Math.Min and Math.Max let NaN through.
            least = Math.Min(least, element);
            largest = Math.Max(largest, element);
            sum += element;
            squares += element * element;
        }

        return new TensorStatistics(least, largest, sum / elements.Length, Math.Sqrt(squares));
    }
}
