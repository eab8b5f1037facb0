namespace Zssr.Tensors;

/// <summary>y[n, i, j, c] = x[n, top + i, left + j, c], and 0 where that lies outside x: a window of images, copied row by row.</summary>
internal readonly unsafe struct CopyWindowWork(float* x, float* y, int images, WindowGeometry window) : IHostWork
{
    public long Cost => (long)images * window.Height * window.Width * window.Channels;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Columns of a row of y: first those left of x, then those that x has.
        int before = Math.Clamp(-window.Left, 0, window.Width);
        int inside = Math.Max(Math.Min(window.Left + window.Width, window.SourceWidth) - Math.Max(window.Left, 0), 0);
        Band lines = Band.Of(images * window.Height, part, parts);
        for (int line = lines.Start; line < lines.End; line++)
        {
            (int image, int row) = Math.DivRem(line, window.Height);
            row += window.Top;
            var target = new Span<float>(y + (nint)line * window.Width * window.Channels, window.Width * window.Channels);
            if (row < 0 || row >= window.SourceHeight || inside == 0)
            {
                target.Clear();
                continue;
            }

            nint firstPixel = ((nint)image * window.SourceHeight + row) * window.SourceWidth + Math.Max(window.Left, 0);
            target[..(before * window.Channels)].Clear();
            new Span<float>(x + firstPixel * window.Channels, inside * window.Channels).CopyTo(target[(before * window.Channels)..]);
            target[((before + inside) * window.Channels)..].Clear();
        }
    }
}

/// <summary>y[n, top + i, left + j, c] = x[n, i, j, c] for a window inside y: images put into larger ones, row by row.</summary>
internal readonly unsafe struct PlaceWindowWork(float* x, float* y, int images, WindowGeometry window) : IHostWork
{
    public long Cost => (long)images * window.Height * window.Width * window.Channels;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int length = window.Width * window.Channels;
        Band lines = Band.Of(images * window.Height, part, parts);
        for (int line = lines.Start; line < lines.End; line++)
        {
            (int image, int row) = Math.DivRem(line, window.Height);
            nint firstPixel = ((nint)image * window.SourceHeight + row + window.Top) * window.SourceWidth + window.Left;
            new Span<float>(x + (nint)line * length, length).CopyTo(new(y + firstPixel * window.Channels, length));
        }
    }
}
