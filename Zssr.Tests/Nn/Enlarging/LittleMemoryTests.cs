using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Enlarging;

/// <summary>Enlarging on a device whose memory has a limit.</summary>
[TestFixture]
public sealed class LittleMemoryTests
{
    private static readonly NetworkSettings Form = new() { Width = 16, Depth = 2, WeightGain = 1 };

    [Test]
    public void Too_large_a_tile_is_halved_until_it_fits_and_the_result_is_the_same()
    {
        float[] expected = Enlarged(SmallRuns.Cpu, tileSide: null, out List<string> none);
        using Device little = Device.Open("cpu", new DeviceOptions { MemoryLimit = 3 << 20 });

        float[] result = Enlarged(little, tileSide: 192, out List<string> notes);

        Assert.That(none, Is.Empty);
        Assert.That(notes, Is.Not.Empty.And.All.Contains("cpu ran out of memory on tiles of "));
        Assert.That(result, Is.EqualTo(expected));
        Assert.That(little.LiveBuffers, Is.Zero);
        Assert.That(little.ReservedBytes, Is.InRange(1, 3 << 20));
    }

    [Test]
    public void By_itself_a_tile_takes_what_the_device_has()
    {
        using Device little = Device.Open("cpu", new DeviceOptions { MemoryLimit = 3 << 20 });
        Enlarged(little, tileSide: null, out List<string> notes);
        Assert.That(notes, Is.Empty);
    }

    [Test]
    public void Where_nothing_fits_the_failure_is_of_memory_and_leaves_nothing_behind()
    {
        // The result, 192 × 192 × 3 numbers, takes 442 KB of it.
        using Device none = Device.Open("cpu", new DeviceOptions { MemoryLimit = 750_000 });

        Assert.That(
            () => Enlarged(none, tileSide: 192, out _),
            Throws.TypeOf<DeviceOutOfMemoryException>().With.Message.Contains("even for tiles of 16 x 16 pixels"));
        Assert.That(none.LiveBuffers, Is.Zero);
    }

    [Test]
    public void A_list_of_pairs_that_does_not_fit_is_refused_before_it_is_made()
    {
        using Device little = Device.Open("cpu", new DeviceOptions { MemoryLimit = 3 << 20 });
        using Tensor image = PlainImages.Drawing(96, 96).On(little);
        long before = little.ReservedBytes;

        // 12 fathers and 12 sons of 96 × 96, 48 × 48 and 24 × 24 pixels: 871 thousand numbers, 3.5 MB.
        Assert.That(
            () => new SuperResolver(ZssrPresets.Article).Run(image).Dispose(),
            Throws.TypeOf<ShapeException>().With.Message.Contains("8.71E+05 numbers; there is room for 7.86E+05"));
        Assert.That(little.ReservedBytes, Is.EqualTo(before));
    }

    [Test]
    public void A_limit_counts_memory_in_use_and_gives_back_what_is_kept_for_reuse()
    {
        using Device little = Device.Open("cpu", new DeviceOptions { MemoryLimit = 1 << 20 });
        using (Tensor most = Tensor.Zeros(little, [200_000]))
            Assert.That(() => Tensor.Zeros(little, [100_000]), Throws.TypeOf<DeviceOutOfMemoryException>());
        // Too small for the block that is kept, which must therefore go.
        using Tensor next = Tensor.Zeros(little, [90_000]);

        Assert.That(little.MemoryBytes, Is.EqualTo(1 << 20));
        Assert.That(little.ReservedBytes, Is.InRange(360_000, 420_000));
        Assert.That(
            () => Device.Open("cpu", new DeviceOptions { MemoryLimit = -1 }).Dispose(), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static float[] Enlarged(Device device, int? tileSide, out List<string> notes)
    {
        var told = notes = [];
        using Tensor image = PlainImages.Drawing(96, 96).On(device);
        using ZssrNetwork network = new(device, Form, channels: 3, seed: 2);
        using Tensor result = new Enlarger(network, new ImResizeRescaling(), ZssrPresets.Paper.Inference, peak: 1, tileSide, told.Add)
            .Enlarge(image, new Scale(2), 192, 192, backProjections: 2);
        return result.ToArray();
    }
}
