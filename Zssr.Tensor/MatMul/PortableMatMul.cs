using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>Launches the portable kernels of the matrix product: which one, and how many work-items.</summary>
internal static class PortableMatMul
{
    /// <summary>Rows and columns below which too much of a tile would be empty.</summary>
    private const int WorthATile = TiledMatMulKernels.Group64;

    /// <summary>y = α · A·B + β · c.</summary>
    public static void Run<T>(
        DeviceCall call, MatMulGeometry g, Tensor a, Tensor b, Tensor? c, Tensor y, T alpha, T beta, MatMulAlgorithm algorithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> added = TensorElements.ViewOrEmpty<T>(c, y);
        if (IsTiled(call, g, algorithm))
        {
            var grid = new Index3D(Tiles(g.Rows), Tiles(g.Columns), g.Matrices);
            call.Kernels.Launch(
                TiledMatMulKernels.Multiply, new KernelConfig(grid, new Index3D(TiledMatMulKernels.Group64, 1, 1)),
                a.View<T>(), b.View<T>(), added, y.View<T>(), g, alpha, beta);
            return;
        }

        if (IsBlocked(g, algorithm))
        {
            int blocks = g.Matrices * Blocks(g.Rows, BlockedMatMulKernels.Rows) * Blocks(g.Columns, BlockedMatMulKernels.Columns);
            call.Kernels.Launch(
                BlockedMatMulKernels.Multiply, LaunchSize.Elements(call.Device, blocks),
                a.View<T>(), b.View<T>(), added, y.View<T>(), g, blocks, alpha, beta);
            return;
        }

        call.Kernels.Launch(
            NaiveMatMulKernels.Multiply, call.Elements(y), a.View<T>(), b.View<T>(), added, y.View<T>(), g, alpha, beta);
    }

    /// <summary>Whether the device has groups of 64 work-items: OpenCL and CUDA have, ILGPU's CPU accelerator has not.</summary>
    public static bool FitsTiles(Device device) => LaunchSize.LargestGroup(device) >= TiledMatMulKernels.Group64;

    private static bool IsBlocked(MatMulGeometry g, MatMulAlgorithm algorithm) =>
        algorithm == MatMulAlgorithm.Blocked
        || (algorithm == MatMulAlgorithm.Auto && g.Rows >= BlockedMatMulKernels.Rows && g.Columns >= BlockedMatMulKernels.Columns);

    private static bool IsTiled(DeviceCall call, MatMulGeometry g, MatMulAlgorithm algorithm)
    {
        bool fits = FitsTiles(call.Device);
        if (algorithm == MatMulAlgorithm.Tiled && !fits)
        {
            throw new ArgumentException(
                $"{call}: the tiled kernel needs groups of {TiledMatMulKernels.Group64} work-items, but {call.Device.Name} has at most "
                + $"{LaunchSize.LargestGroup(call.Device)}. Use Naive, or Auto.");
        }

        bool hasRoom = FitsGrid(g, call.Device.Accelerator.MaxGridSize);
        if (algorithm == MatMulAlgorithm.Tiled && !hasRoom)
        {
            throw new ArgumentException(
                $"{call}: {g.Matrices} x {g.Rows} x {g.Columns} are more tiles than {call.Device.Name} has room for in a grid. Use Naive, or Auto.");
        }

        return algorithm == MatMulAlgorithm.Tiled
            || (algorithm == MatMulAlgorithm.Auto && fits && hasRoom && g.Rows >= WorthATile && g.Columns >= WorthATile);
    }

    /// <summary>
    /// Whether a grid may have so many tiles: CUDA takes 65,535 at most in its second direction, that of the columns, and in its third,
    /// that of the matrices.
    /// </summary>
    internal static bool FitsGrid(MatMulGeometry g, Index3D largest) =>
        Tiles(g.Rows) <= largest.X && Tiles(g.Columns) <= largest.Y && g.Matrices <= largest.Z;

    private static int Tiles(int count) => Blocks(count, TiledMatMulKernels.Group64);

    private static int Blocks(int count, int size) => (count + size - 1) / size;
}
