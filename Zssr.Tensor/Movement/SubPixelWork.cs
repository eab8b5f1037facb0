using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>Channels to pixels or back, a row of the large image at a time: it is made of one run of each pixel of a small row.</summary>
internal readonly unsafe struct SubPixelWork(float* x, float* y, SubPixelGeometry geometry, int images, bool toSpace) : IHostWork
{
    public long Cost => (long)images * geometry.Height * geometry.Width * geometry.BlockRows * geometry.Run;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Whole rows of the small image, so that no two threads write near each other in either.
        Band rows = Band.Of(images * geometry.Height, part, parts);
        int run = geometry.Run;
        nint step = (nint)geometry.BlockRows * run;
        for (int line = rows.Start * geometry.BlockRows; line < rows.End * geometry.BlockRows; line++)
        {
            (int row, int r) = Math.DivRem(line, geometry.BlockRows);
            nint deep = (nint)row * geometry.Width * step + (nint)r * run, space = (nint)line * geometry.Width * run;
            if (toSpace)
                Copy(x + deep, step, y + space, run, run);
            else
                Copy(x + space, run, y + deep, step, run);
        }
    }

    /// <summary>A run for each pixel of the small row, from one place to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(float* source, nint sourceStep, float* target, nint targetStep, int run)
    {
        for (int j = 0; j < geometry.Width; j++, source += sourceStep, target += targetStep)
        {
            for (int k = 0; k < run; k++)
                target[k] = source[k];
        }
    }
}
