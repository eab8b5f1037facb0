using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// What a kernel does to the sums of a convolution while they are in registers: y = f(sum + bias) + residual, f being max(·, floor), and
/// the bits where f passed its input. The channels of y come in whole blocks of 16.
/// </summary>
/// <remarks>
/// No ReLU is a floor of −∞, which costs less than a branch. The others have length 0 where they are absent; all work-items then take the
/// same side of a branch.
/// </remarks>
/// <param name="bias">[K].</param>
/// <param name="floor">0 for ReLU, −∞ for none.</param>
/// <param name="residual">[pixels, K], or empty.</param>
/// <param name="bits">[pixels, K / 16], to be written (see <see cref="BlockBits"/>), or empty.</param>
internal readonly struct KernelEpilogue<T>(ArrayView<T> bias, T floor, ArrayView<T> residual, ArrayView<ushort> bits)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly ArrayView<T> Bias = bias;
    public readonly T Floor = floor;
    public readonly ArrayView<T> Residual = residual;
    public readonly ArrayView<ushort> Bits = bits;

    /// <summary>Finishes sums to which the bias has been added and writes them to y; at is where they begin there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Block16<T> sum, ArrayView<T> y, int at)
    {
        if (Bits.IntLength > 0)
            Bits[at / Block16<T>.Length] = BlockBits.OfPositive(sum);
        sum = BlockBits.AtLeast(sum, Floor);
        if (Residual.IntLength > 0)
            sum += Block16<T>.Load(Residual, at);
        sum.Store(y, at);
    }
}
