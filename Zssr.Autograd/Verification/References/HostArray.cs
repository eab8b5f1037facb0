using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>A plain float64 array with a shape: what references compute with, far from any device.</summary>
/// <param name="Shape">The sizes of the axes; the last one runs fastest.</param>
/// <param name="Data">The elements.</param>
public sealed record HostArray(Shape Shape, double[] Data)
{
    /// <summary>Zeros.</summary>
    public static HostArray Zeros(Shape shape) => new(shape, new double[shape.ElementCount]);

    /// <summary>A single number.</summary>
    public static HostArray Scalar(double value) => new([], [value]);

    /// <summary>The element of an array with four axes, such as an image [N, H, W, C].</summary>
    public ref double this[int n, int i, int j, int c] => ref Data[((n * Shape[1] + i) * Shape[2] + j) * Shape[3] + c];

    /// <summary>The array with a function applied to every element.</summary>
    public HostArray Map(Func<double, double> function) => new(Shape, Array.ConvertAll(Data, x => function(x)));

    /// <summary>The elements rounded to float32: what a float32 tensor would hold.</summary>
    public HostArray RoundedToSingle() => Map(x => (float)x);

    /// <summary>The array as a tensor on a device.</summary>
    public Tensor On(Device device, DType dtype) => Tensor.From(device, Shape, Data, dtype);
}
