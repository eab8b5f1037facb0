using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// The norm of each matrix of a stack, ‖M‖ = √(the sum of the squares), and the matrices divided by theirs. All of a stack at once: three
/// launches, however many matrices there are.
/// </summary>
internal static unsafe class FrobeniusNorm
{
    /// <summary>M / (‖M‖ + ε) for each matrix M.</summary>
    /// <param name="matrices">[matrices, rows, columns].</param>
    /// <param name="epsilon">ε, above 0: a matrix of zeros stays one.</param>
    public static Tensor Normalize(Tensor matrices, double epsilon)
    {
        using DeviceCall call = DeviceCall.Begin("normalize", matrices);
        Tensor y = call.New(matrices.Shape, matrices.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (matrices.DType == DType.Float32 && call.Device.Host is { } host)
            OnHost(host, matrices, y, (float)epsilon);
        else if (matrices.DType == DType.Float32)
            Portable(call, matrices, y, (float)epsilon);
        else
            Portable(call, matrices, y, epsilon);
        return call.Result(y);
    }

    private static void Portable<T>(DeviceCall call, Tensor x, Tensor y, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int matrices, int rows, int columns) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        Tensor sums = call.New([matrices, rows], x.DType), norms = call.New([matrices], x.DType);
        call.Kernels.Launch(FrobeniusNormKernels.SumSquaresOfRows, call.Elements(sums), x.View<T>(), sums.View<T>(), columns);
        call.Kernels.Launch(FrobeniusNormKernels.NormOfMatrices, call.Elements(norms), sums.View<T>(), norms.View<T>(), rows, epsilon);
        call.Kernels.Launch(
            FrobeniusNormKernels.DivideMatrices, call.Elements(y), x.View<T>(), norms.View<T>(), y.View<T>(), rows * columns);
    }

    /// <summary>The SIMD loops of the processor, which sum in float64; y holds the squares in between.</summary>
    private static void OnHost(Host host, Tensor x, Tensor y, float epsilon)
    {
        int count = x.Shape[1] * x.Shape[2];
        for (int matrix = 0; matrix < x.Shape[0]; matrix++)
        {
            float* from = x.Pointer + (nint)matrix * count;
            float* to = y.Pointer + (nint)matrix * count;
            host.Run(new MapWork<Square>(from, to, count));
            float norm = MathF.Sqrt(HostReductions.Sum(host, to, count));
            host.Run(new ScalarMapWork<DivideByScalar>(from, norm + epsilon, 0, to, count));
        }
    }
}
