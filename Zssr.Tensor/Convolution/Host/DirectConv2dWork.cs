using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Convolution without any transform. In NHWC the pixels under one row of the kernel are contiguous, so a row of the target is, for each
/// row of the kernel, the product of a matrix that is already in memory (its rows overlap: one target pixel further is one stride
/// of pixels further) with the weights. All kernel rows are summed in registers, and each target pixel is written once.
/// </summary>
/// <remarks>
/// A thread takes a contiguous range of target rows. At 64 channels and 3×3 it works on three source rows (100 KB) and the weights
/// (147 KB), which lie in the second-level cache; one panel of weights at a time goes along the whole row.
/// </remarks>
internal readonly unsafe struct DirectConv2dWork(
    DirectConv2dPlan plan, PixelSource source, float* packed, HostEpilogue epilogue, float* target, Host host) : IHostWork
{
    public long Cost => plan.Cost;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int targetHeight = plan.Vertical.Output;
        Band band = Band.Of(plan.Images * targetHeight, part, parts);
        if (band.Start == band.End)
            return;

        int mostTaps = plan.Vertical.MostTaps;
        int pixels = plan.Pixels;
        int columns = PanelPacking.PaddedColumns(plan.TargetChannels, S.Lanes);
        long rowsSize = PaddedRows.Size(plan.SourceChannels, pixels, mostTaps);
        long resultSize = AlignedMemory.Lines((long)DirectConv2dPlan.TileRows(plan.Horizontal.Output) * columns);
        float* memory = host.Scratch(part).Reserve(rowsSize + resultSize + AlignedMemory.Lines(2L * mostTaps));
        var sourceRows = new PaddedRows(
            memory, source, plan.Vertical.Source, plan.Horizontal.Source, plan.SourceChannels, plan.Left, pixels, mostTaps);
        float* result = memory + rowsSize;
        float** tapRows = (float**)(result + resultSize);

        for (int i = band.Start; i < band.End; i++)
        {
            (int image, int row) = Math.DivRem(i, targetHeight);
            int verticalPhase = plan.Vertical.PhaseOf(row);
            AxisTaps vertical = plan.Vertical[verticalPhase];
            int firstRow = vertical.SourceStart + (row - vertical.OutputStart) / vertical.OutputStep * vertical.SourceStep;
            for (int tap = 0; tap < vertical.Taps; tap++)
                tapRows[tap] = sourceRows.Row<V, S>(image, firstRow + tap);

            long targetRow = (long)i * plan.Horizontal.Output;
            for (int phase = 0; phase < plan.Horizontal.Phases; phase++)
            {
                AxisTaps horizontal = plan.Horizontal[phase];
                float* weights = packed + plan.PhasePair(verticalPhase, phase) * plan.PackedSize(S.Lanes);
                MultiplyRow<V, S>(tapRows, vertical.Taps, horizontal, weights, result, columns);
                epilogue.Write<V, S>(
                    result, columns, horizontal.Count, target, targetRow + horizontal.OutputStart, horizontal.OutputStep, plan.TargetChannels);
            }
        }
    }

    /// <summary>The pixels of one phase in one target row, [pixels rounded up to tiles, columns].</summary>
    private void MultiplyRow<V, S>(float** tapRows, int taps, in AxisTaps horizontal, float* weights, float* result, int columns)
        where V : struct
        where S : struct, ISimd<V>
    {
        int channels = plan.SourceChannels;
        int depth = horizontal.Taps * channels;
        nint start = (nint)(plan.Left + horizontal.SourceStart) * channels;
        nint step = (nint)horizontal.SourceStep * channels;
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
            float* panel = weights + (nint)column * taps * depth;
            for (int pixel = 0; pixel < horizontal.Count; pixel += GemmTile.Rows)
            {
                GemmTile.Multiply<V, S>(
                    vectors, tapRows, taps, start + pixel * step, step, depth, panel, result + (nint)pixel * columns + column, columns);
            }
        }
    }
}
