using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// Pixels that a kernel reads in blocks of 16 channels: a tensor as it is, or the gradient of a ReLU, dy where the bit is set and 0
/// elsewhere, which is made while it is read and never stored.
/// </summary>
/// <param name="pixels">[pixels, channels], the channels a multiple of 16.</param>
/// <param name="bits">[pixels, channels / 16] (see <see cref="BlockBits"/>), or empty for the tensor as it is.</param>
internal readonly struct BlockSource<T>(ArrayView<T> pixels, ArrayView<ushort> bits)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly ArrayView<T> Pixels = pixels;
    public readonly ArrayView<ushort> Bits = bits;

    /// <summary>Copies the 16 channels from an index on, a multiple of 16, to another place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(int from, ArrayView<T> to, int at)
    {
        var block = Block16<T>.Load(Pixels, from);
        if (Bits.IntLength > 0)
            block = BlockBits.Keep(block, Bits[from / Block16<T>.Length]);
        block.Store(to, at);
    }
}
