using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>y[n, i, j, c] = x[n, pixel (i, j) of the walk, c]: a turned or mirrored image, copied pixel by pixel or row by row.</summary>
internal readonly unsafe struct WalkWork(float* x, float* y, PixelWalk walk, int images, int channels) : IHostWork
{
    public long Cost => (long)images * walk.Height * walk.Width * channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band lines = Band.Of(images * walk.Height, part, parts);
        for (int line = lines.Start; line < lines.End; line++)
        {
            int firstPixel = line / walk.Height * walk.Height * walk.Width + walk.Origin + line % walk.Height * walk.RowStep;
            float* source = x + (nint)firstPixel * channels, target = y + (nint)line * walk.Width * channels;
            nint step = (nint)walk.ColumnStep * channels;
            if (walk.ColumnStep == 1)
                new Span<float>(source, walk.Width * channels).CopyTo(new(target, walk.Width * channels));
            else if (channels == 3)
                ColourPixels(source, step, target);
            else
                Pixels(source, step, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ColourPixels(float* source, nint step, float* target)
    {
        for (int j = 0; j < walk.Width; j++, source += step, target += 3)
            (target[0], target[1], target[2]) = (source[0], source[1], source[2]);
    }

    private void Pixels(float* source, nint step, float* target)
    {
        for (int j = 0; j < walk.Width; j++, source += step, target += channels)
        {
            for (int c = 0; c < channels; c++)
                target[c] = source[c];
        }
    }
}
