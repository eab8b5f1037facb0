using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Enlarging;

/// <summary>How an image is cut, and what happens where a tile does not fit into memory.</summary>
[TestFixture]
public sealed class TilingTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(100, 64, 40)]
    [TestCase(100, 100, 100)]
    [TestCase(33, 170, 16)]
    public void Tiles_cover_every_pixel_once(int height, int width, int side)
    {
        var tiling = new Tiling(Device, side);
        int[,] seen = new int[height, width];
        var counts = new List<(int, int)>();

        tiling.ForEach(PixelArea.Whole(height, width), tile =>
        {
            Assert.That(Math.Max(tile.Rows.Length, tile.Columns.Length), Is.InRange(1, side));
            Count(seen, tile);
            counts.Add((tiling.Done, tiling.Count));
        });

        Assert.That(seen.Cast<int>(), Is.All.EqualTo(1));
        Assert.That(counts, Is.EqualTo(Enumerable.Range(0, counts.Count).Select(done => (done, counts.Count))));
    }

    [Test]
    public void Where_memory_runs_out_tiles_are_halved_and_the_work_goes_on([Values] bool ofTheHost)
    {
        var notes = new List<string>();
        var tiling = new Tiling(Device, 100, notes.Add);
        int[,] seen = new int[90, 150];
        var tried = new List<int>();

        tiling.ForEach(PixelArea.Whole(90, 150), tile =>
        {
            tried.Add(tile.Columns.Length);
            if (tried.Count > 1 && Math.Max(tile.Rows.Length, tile.Columns.Length) > 30)
                throw ofTheHost ? new InsufficientMemoryException() : new DeviceOutOfMemoryException("full", "cpu", "test", 1);
            Count(seen, tile);
        });

        Assert.That(seen.Cast<int>(), Is.All.EqualTo(1));
        // The first tile was done; the second is tried whole, and then in parts.
        Assert.That(tried.Take(3), Is.EqualTo(new[] { 75, 75, 37 }));
        Assert.That(notes, Is.EqualTo(new[]
        {
            "cpu ran out of memory on tiles of 90 x 90 pixels; it continues with 45 x 45.",
            "cpu ran out of memory on tiles of 45 x 45 pixels; it continues with 22 x 22.",
        }));
        Assert.That(tiling.Side, Is.EqualTo(22));
    }

    [Test]
    public void Where_the_smallest_tile_does_not_fit_the_error_says_what_to_do()
    {
        var tiling = new Tiling(Device, 64);
        int tries = 0;

        DeviceOutOfMemoryException? failure = Assert.Throws<DeviceOutOfMemoryException>(
            () => tiling.ForEach(PixelArea.Whole(200, 200), _ =>
            {
                tries++;
                throw new DeviceOutOfMemoryException("full", "cpu", "test", 1234);
            }));

        Assert.That(failure!.Message, Does.Contain("16 x 16 pixels").And.Contain("--device").And.Contain("--width"));
        Assert.That(failure.Bytes, Is.EqualTo(1234));
        Assert.That(tries, Is.EqualTo(3), "64, 32 and 16 pixels");
    }

    [Test]
    public void Other_failures_are_not_taken_for_a_lack_of_memory()
    {
        var tiling = new Tiling(Device, 64);
        Assert.That(
            () => tiling.ForEach(PixelArea.Whole(200, 200), _ => throw new DeviceException("lost", "cpu", "test")),
            Throws.TypeOf<DeviceException>().With.Message.EqualTo("lost"));
        Assert.That(tiling.Side, Is.EqualTo(64));
    }

    [Test]
    public void Tiles_of_a_smaller_image_are_as_much_smaller()
    {
        var longest = new List<int>();
        new Tiling(Device, 40).ForEach(PixelArea.Whole(60, 60), tile => longest.Add(tile.Rows.Length), scale: 2);
        Assert.That(longest, Has.Count.EqualTo(9).And.All.EqualTo(20));
    }

    [Test]
    public void It_can_be_stopped_between_two_tiles()
    {
        using var cancellation = new CancellationTokenSource();
        int tiles = 0;
        var tiling = new Tiling(Device, 16, cancellation: cancellation.Token);
        Assert.That(
            () => tiling.ForEach(PixelArea.Whole(64, 64), _ =>
            {
                if (++tiles == 3)
                    cancellation.Cancel();
            }),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(tiles, Is.EqualTo(3));
    }

    private static void Count(int[,] seen, PixelArea tile)
    {
        for (int row = tile.Rows.Start; row < tile.Rows.End; row++)
        {
            for (int column = tile.Columns.Start; column < tile.Columns.End; column++)
                seen[row, column]++;
        }
    }
}
