using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zssr.Tensors;

/// <summary>
/// Resizing along an axis that has only a pixel's few channels after it, such as an image's columns. A vector of four lanes holds a pixel
/// whatever the vector width; four lines go side by side, so that a tap's index and weight serve four times and four sums are under way.
/// </summary>
/// <remarks>
/// A vector that holds more than the pixel's channels reads into the next pixel, and writes there what the next pixel's own result then
/// replaces.
/// </remarks>
/// <param name="x">[lines, taps.Inputs, channels].</param>
/// <param name="y">[lines, taps.Outputs, channels].</param>
/// <param name="taps">What to sum.</param>
/// <param name="lines">Rows of all images.</param>
/// <param name="channels">Elements of a pixel.</param>
/// <param name="host">Lends scratch memory.</param>
internal readonly unsafe struct PixelResizeWork(float* x, float* y, ResizeTaps taps, int lines, int channels, Host host) : IHostWork
{
    private const int Lanes = 4;

    public long Cost => (long)lines * taps.Outputs * channels * taps.Taps;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int sourceLength = taps.Inputs * channels;
        var source = new ReadableRows(x, lines, sourceLength, host.Scratch(part).Reserve(ReadableRows.Size(sourceLength)));

        Band band = Band.Of(lines, part, parts);
        for (int line = band.Start; line < band.End; line += 4)
        {
            // Where fewer than four lines are left, the last is computed several times.
            int last = band.End - 1, l1 = Math.Min(line + 1, last), l2 = Math.Min(line + 2, last), l3 = Math.Min(line + 3, last);
            FourLines(
                source[line], source[l1], source[l2], source[l3], Target(line), Target(l1), Target(l2), Target(l3));
        }
    }

    private float* Target(int line) => y + (nint)line * taps.Outputs * channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourLines(float* x0, float* x1, float* x2, float* x3, float* y0, float* y1, float* y2, float* y3)
    {
        int length = taps.Outputs * channels;
        for (int i = 0; i < taps.Outputs; i++)
        {
            int* index = taps.Indices(i);
            float* weights = taps.Weights(i);
            int used = taps.Used(i);
            for (int c = 0; c < channels; c += Lanes)
            {
                Vector128<float> s0 = default, s1 = default, s2 = default, s3 = default;
                for (int t = 0; t < used; t++)
                {
                    Vector128<float> weight = Vector128.Create(weights[t]);
                    nint at = (nint)index[t] * channels + c;
                    s0 = Simd128.MultiplyAdd(Vector128.Load(x0 + at), weight, s0);
                    s1 = Simd128.MultiplyAdd(Vector128.Load(x1 + at), weight, s1);
                    s2 = Simd128.MultiplyAdd(Vector128.Load(x2 + at), weight, s2);
                    s3 = Simd128.MultiplyAdd(Vector128.Load(x3 + at), weight, s3);
                }

                int start = i * channels + c;
                Store(s0, y0 + start, length - start);
                Store(s1, y1 + start, length - start);
                Store(s2, y2 + start, length - start);
                Store(s3, y3 + start, length - start);
            }
        }
    }

    /// <summary>Stores as many lanes as there are before the end of the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> sum, float* target, int beforeEnd)
    {
        if (beforeEnd >= Lanes)
            sum.Store(target);
        else
            Tail.Store<Vector128<float>, Simd128>(sum, target, beforeEnd);
    }
}
