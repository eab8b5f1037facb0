using System.Numerics;
using ILGPU;

namespace Zssr.Tests.Tensors.KernelSources;

internal interface ISampleOp
{
    static abstract T Apply<T>(T x)
        where T : unmanaged, INumber<T>;
}

internal readonly struct Twice : ISampleOp
{
    public static T Apply<T>(T x)
        where T : unmanaged, INumber<T> => x + x;
}

internal readonly struct Square : ISampleOp
{
    public static T Apply<T>(T x)
        where T : unmanaged, INumber<T> => x * x;
}

/// <summary>Something that has to fit the element type, as mathematical functions of T do.</summary>
internal interface ISampleConstant<T>
{
    static abstract T Value { get; }
}

internal readonly struct Float32Constant : ISampleConstant<float>
{
    public static float Value => 0.5f;
}

internal readonly struct Float64Constant : ISampleConstant<double>
{
    public static double Value => 0.25;
}

/// <summary>Kernels of every form that the catalogue knows, and methods that it must leave out.</summary>
internal static class SampleKernels
{
    public static void Plain(ArrayView<float> x) => x[Grid.GlobalIndex.X] = NotAnEntryPoint(1);

    public static void Map<T, TOp>(ArrayView<T> x, ArrayView<T> y)
        where T : unmanaged, INumber<T>
        where TOp : struct, ISampleOp => y[Grid.GlobalIndex.X] = TOp.Apply(x[Grid.GlobalIndex.X]);

    public static void Fill<T, TConstant>(ArrayView<T> x)
        where T : unmanaged, INumber<T>
        where TConstant : struct, ISampleConstant<T> => x[Grid.GlobalIndex.X] = TConstant.Value;

    /// <summary>A local array that is indexed at run time and too large for registers.</summary>
    public static void HugeLocalArray(ArrayView<float> x, ArrayView<float> y)
    {
        ArrayView<float> local = LocalMemory.Allocate1D<float>(new Index1D(2048));
        for (int i = 0; i < 2048; i++)
            local[i] = x[i];
        y[Grid.GlobalIndex.X] = local[(int)y[Grid.GlobalIndex.X]];
    }

    public static int NotAnEntryPoint(int value) => value;

    internal static void NotPublic(ArrayView<float> x) => x[0] = 0;
}
