using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zssr.Tensors;

/// <summary>
/// y[n, i, j, c] = Σ_u Σ_v kernel[u, v] · x[n, rows[i, u], columns[j, v], c] on the host. As in <see cref="PixelResizeWork"/>, a vector
/// of four lanes holds a pixel, and four lines of the result go side by side: they share the weights and the columns.
/// </summary>
internal readonly unsafe struct NumericDownscaleWork(
    float* x, float* y, int images, float* kernel, int* rows, int* columns, NumericDownscaleGeometry g, Host host) : IHostWork
{
    private const int Lanes = 4;

    public long Cost => (long)images * g.OutputHeight * g.OutputWidth * g.Channels * g.KernelHeight * g.KernelWidth / 2;

    private int SourceLength => g.InputWidth * g.Channels;

    private int TargetLength => g.OutputWidth * g.Channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        long copyLength = AlignedMemory.Lines(ReadableRows.Size(SourceLength));
        float* copy = host.Scratch(part).Reserve(copyLength + 4L * g.KernelHeight * (sizeof(float*) / sizeof(float)));
        var readable = new ReadableRows(x, (nint)images * g.InputHeight, SourceLength, copy);

        // The source rows of four lines, [KernelHeight, 4].
        float** sources = (float**)(copy + copyLength);
        Band band = Band.Of(images * g.OutputHeight, part, parts);
        for (int line = band.Start; line < band.End; line += 4)
        {
            for (int side = 0; side < 4; side++)
            {
                // Where fewer than four lines are left, the last is computed several times.
                int at = Math.Min(line + side, band.End - 1);
                nint image = (nint)(at / g.OutputHeight) * g.InputHeight;
                for (int u = 0; u < g.KernelHeight; u++)
                    sources[4 * u + side] = readable[image + rows[at % g.OutputHeight * g.KernelHeight + u]];
            }

            FourLines(sources, line, band.End - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourLines(float** sources, int line, int last)
    {
        for (int j = 0; j < g.OutputWidth; j++)
        {
            int* column = columns + j * g.KernelWidth;
            for (int c = 0; c < g.Channels; c += Lanes)
            {
                Vector128<float> s0 = default, s1 = default, s2 = default, s3 = default;
                float* weight = kernel;
                for (int u = 0; u < g.KernelHeight; u++)
                {
                    float* x0 = sources[4 * u] + c, x1 = sources[4 * u + 1] + c, x2 = sources[4 * u + 2] + c, x3 = sources[4 * u + 3] + c;
                    for (int v = 0; v < g.KernelWidth; v++, weight++)
                    {
                        Vector128<float> w = Vector128.Create(*weight);
                        int at = column[v] * g.Channels;
                        s0 = Simd128.MultiplyAdd(Vector128.Load(x0 + at), w, s0);
                        s1 = Simd128.MultiplyAdd(Vector128.Load(x1 + at), w, s1);
                        s2 = Simd128.MultiplyAdd(Vector128.Load(x2 + at), w, s2);
                        s3 = Simd128.MultiplyAdd(Vector128.Load(x3 + at), w, s3);
                    }
                }

                int start = j * g.Channels + c;
                Store(s0, line, start);
                Store(s1, Math.Min(line + 1, last), start);
                Store(s2, Math.Min(line + 2, last), start);
                Store(s3, Math.Min(line + 3, last), start);
            }
        }
    }

    /// <summary>Stores the lanes before the end of the line; the next pixel's result replaces those that are its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector128<float> sum, int line, int start)
    {
        float* target = y + (nint)line * TargetLength + start;
        if (TargetLength - start >= Lanes)
            sum.Store(target);
        else
            Tail.Store<Vector128<float>, Simd128>(sum, target, TargetLength - start);
    }
}
