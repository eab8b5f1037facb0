using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Does a work on an image tile by tile, so that it takes the memory of a tile and not of the image. Where memory runs out all the same,
/// tiles become half as long and wide, and the work goes on with the tile on which it did.
/// </summary>
/// <param name="device">Whose memory it is.</param>
/// <param name="side">Rows and columns of a tile at most, to begin with.</param>
/// <param name="note">Told in one line when tiles become smaller.</param>
/// <param name="smallestSide">Where tiles of this size do not fit either, the work has failed.</param>
/// <param name="cancellation">Stops the work between two tiles.</param>
internal sealed class Tiling(
    Device device, int side, Action<string>? note = null, int smallestSide = Enlarger.SmallestTile, CancellationToken cancellation = default)
{
    private Queue<PixelArea> _pending = [];

    /// <summary>Rows and columns of a tile at most. Tiles of all works to come stay as small as they have become.</summary>
    public int Side { get; private set; } = side;

    /// <summary>Tiles of the present work that are done.</summary>
    public int Done { get; private set; }

    /// <summary>All tiles of the present work.</summary>
    public int Count => Done + _pending.Count;

    /// <summary>Does a work on every tile of an area. It may be asked again for parts of a tile on which memory ran out.</summary>
    /// <param name="area">What to cut.</param>
    /// <param name="work">What to do; it leaves something only with its last step.</param>
    /// <param name="scale">How many pixels of the image that <see cref="Side"/> counts stand for one of the area, along a side.</param>
    /// <exception cref="DeviceOutOfMemoryException">Not even the smallest tile fits.</exception>
    public void ForEach(PixelArea area, Action<PixelArea> work, double scale = 1)
    {
        (Done, _pending) = (0, new Queue<PixelArea>(Cut(area, scale)));
        while (_pending.TryPeek(out PixelArea tile))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                work(tile);
                _pending.Dequeue();
                Done++;
            }
            catch (Exception failure) when (failure is DeviceOutOfMemoryException or OutOfMemoryException)
            {
                Halve(tile, scale, failure);
                _pending = new Queue<PixelArea>(_pending.SelectMany(pending => Cut(pending, scale)));
            }
        }
    }

    private void Halve(PixelArea tile, double scale, Exception failure)
    {
        int longest = (int)Math.Ceiling(Math.Max(tile.Rows.Length, tile.Columns.Length) * scale);
        if (longest <= smallestSide)
        {
            throw new DeviceOutOfMemoryException(
                $"enlarging: {device} has too little memory even for tiles of {smallestSide} x {smallestSide} pixels. Close other programs, "
                + "or use another device (--device), a smaller scale or a smaller --width.",
                device.ToString(), "enlarging", (failure as DeviceOutOfMemoryException)?.Bytes ?? 0, failure);
        }

        Side = Math.Max(Math.Min(longest, Side) / 2, smallestSide);
        device.TrimMemory();
        note?.Invoke($"{device} ran out of memory on tiles of {longest} x {longest} pixels; it continues with {Side} x {Side}.");
    }

    /// <summary>Tiles that cover an area, none longer than allowed, and all as equal as can be.</summary>
    private IEnumerable<PixelArea> Cut(PixelArea area, double scale)
    {
        int longest = Math.Max((int)(Side / scale), 1);
        return
            from rows in Cut(area.Rows, longest)
            from columns in Cut(area.Columns, longest)
            select new PixelArea(rows, columns);
    }

    private static IEnumerable<PixelRange> Cut(PixelRange range, int longest)
    {
        int count = (range.Length + longest - 1) / longest;
        for (int i = 0; i < count; i++)
        {
            int start = (int)((long)range.Length * i / count), end = (int)((long)range.Length * (i + 1) / count);
            yield return PixelRange.Between(range.Start + start, range.Start + end);
        }
    }
}
