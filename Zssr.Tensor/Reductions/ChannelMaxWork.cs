using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>y[c] = the largest x[row, c]; NaN where one is NaN. Each part takes some of the channels, all rows of them.</summary>
/// <param name="x">[rows, channels].</param>
/// <param name="rows">1 or more.</param>
/// <param name="channels">1 or more.</param>
/// <param name="y">[channels]; overwritten.</param>
internal readonly unsafe struct ChannelMaxWork(float* x, int rows, int channels, float* y) : IHostWork
{
    public long Cost => (long)rows * channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(channels, part, parts);
        if (band.Start >= band.End)
            return;
        var largest = new Span<float>(y + band.Start, band.End - band.Start);
        new ReadOnlySpan<float>(x + band.Start, largest.Length).CopyTo(largest);
        for (int row = 1; row < rows; row++)
        {
            float* values = x + (nint)row * channels + band.Start;
            for (int c = 0; c < largest.Length; c++)
                largest[c] = Larger(largest[c], values[c]);
        }
    }

    /// <summary>As <see cref="MaxReduction"/>: NaN, once there, stays.</summary>
    private static float Larger(float a, float b) => a > b ? a : b > a ? b : a == b ? a : a + b;
}
