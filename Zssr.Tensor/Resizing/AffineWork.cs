using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zssr.Tensors;

/// <summary>The affine warp on the host: per output pixel, four channels at a time, sixteen loads and multiply-adds.</summary>
/// <remarks>
/// A pixel's four taps of a row lie in no vector's order once the image turns, but its channels are always neighbours. Images have few
/// of them, so vectors of four lanes serve for every vector width. A vector that holds more than the pixel's channels reads into the next
/// pixel, and writes there what the next pixel's own result then replaces.
/// </remarks>
internal readonly unsafe struct AffineWork(
    float* x, float* y, int images, int* pixels, float* fractions, AffineGeometry g, Host host) : IHostWork
{
    private const int Lanes = 4;

    public long Cost => 4L * images * g.OutputHeight * g.OutputWidth * g.Channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int rowLength = g.InputWidth * g.Channels;
        float* memory = host.Scratch(part).Reserve(ReadableRows.Size(rowLength));
        var source = new ReadableRows(x, (nint)images * g.InputHeight, rowLength, memory);

        Band lines = Band.Of(images * g.OutputHeight, part, parts);
        float** rows = stackalloc float*[4];
        int* columns = stackalloc int[4];
        for (int line = lines.Start; line < lines.End; line++)
        {
            nint image = (nint)(line / g.OutputHeight) * g.InputHeight;
            float* target = y + (nint)line * g.OutputWidth * g.Channels;
            int i = line % g.OutputHeight;
            for (int j = 0; j < g.OutputWidth; j++)
            {
                float u = fractions[2 * i] + fractions[2 * (g.OutputHeight + j)];
                float v = fractions[2 * i + 1] + fractions[2 * (g.OutputHeight + j) + 1];
                int row = pixels[2 * i] + pixels[2 * (g.OutputHeight + j)];
                int column = pixels[2 * i + 1] + pixels[2 * (g.OutputHeight + j) + 1];
                // Two fractions may make a whole pixel.
                if (u >= 1)
                    (u, row) = (u - 1, row + 1);
                if (v >= 1)
                    (v, column) = (v - 1, column + 1);

                SourceRows(source, image, row, rows);
                SourceColumns(column, columns);
                Pixel(rows, columns, CubicWeights<float>.At(u), CubicWeights<float>.At(v), target, j);
            }
        }
    }

    private void SourceRows(in ReadableRows source, nint image, int row, float** rows)
    {
        int period = 2 * g.InputHeight;
        row = row >= period ? row - period : row;
        for (int p = 0; p < 4; p++)
        {
            int inside = row + p < g.InputHeight ? row + p : BorderIndex.SymmetricFromZero(row + p, g.InputHeight);
            rows[p] = source[image + inside];
        }
    }

    private void SourceColumns(int column, int* columns)
    {
        int period = 2 * g.InputWidth;
        column = column >= period ? column - period : column;
        for (int q = 0; q < 4; q++)
        {
            int source = column + q < g.InputWidth ? column + q : BorderIndex.SymmetricFromZero(column + q, g.InputWidth);
            columns[q] = source * g.Channels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pixel(float** rows, int* columns, CubicWeights<float> u, CubicWeights<float> v, float* line, int j)
    {
        int beforeEnd = (g.OutputWidth - j) * g.Channels;
        float* target = line + j * g.Channels;
        for (int c = 0; c < g.Channels; c += Lanes)
        {
            Vector128<float> sum = Row(rows[0] + c, columns, v) * u.W0;
            sum = Simd128.MultiplyAdd(Row(rows[1] + c, columns, v), Vector128.Create(u.W1), sum);
            sum = Simd128.MultiplyAdd(Row(rows[2] + c, columns, v), Vector128.Create(u.W2), sum);
            sum = Simd128.MultiplyAdd(Row(rows[3] + c, columns, v), Vector128.Create(u.W3), sum);
            if (c + Lanes <= beforeEnd)
                sum.Store(target + c);
            else
                Tail.Store<Vector128<float>, Simd128>(sum, target + c, beforeEnd - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Row(float* row, int* columns, CubicWeights<float> v)
    {
        Vector128<float> sum = Vector128.Load(row + columns[0]) * v.W0;
        sum = Simd128.MultiplyAdd(Vector128.Load(row + columns[1]), Vector128.Create(v.W1), sum);
        sum = Simd128.MultiplyAdd(Vector128.Load(row + columns[2]), Vector128.Create(v.W2), sum);
        return Simd128.MultiplyAdd(Vector128.Load(row + columns[3]), Vector128.Create(v.W3), sum);
    }
}
