using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Network;

[TestFixture]
public sealed class TiledInferenceTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(NetworkForm.BlockResiduals, 64, 3)]
    [TestCase(NetworkForm.GlobalResidual, 64, 3)]
    [TestCase(NetworkForm.GlobalResidual, 32, 3)]
    [TestCase(NetworkForm.GlobalResidual, 8, 3)]
    [TestCase(NetworkForm.BlockResiduals, 16, 5)]
    public void Tiles_give_the_bits_of_the_whole_image(NetworkForm form, int width, int kernelSize)
    {
        var settings = new NetworkSettings { Form = form, Width = width, KernelSize = kernelSize, WeightGain = 1 };
        using var network = new ZssrNetwork(Device, settings, channels: 3, seed: 7);
        using Tensor x = RandomTensors.Uniform(Device, [1, 182, 171, 3], seed: 8), whole = network.Infer(x);
        var seen = new List<(int, int)>();
        const int BytesPerPixel = 256, Margin = 32;
        var tiled = new TiledInference(BytesPerPixel, Margin, mostBytes: 130 * 130 * BytesPerPixel);

        using Tensor joined = tiled.Run(x, tile =>
        {
            seen.Add((tile.Shape[1], tile.Shape[2]));
            return network.Infer(tile);
        });

        Assert.That(seen, Has.Count.GreaterThan(3).And.All.Matches<(int Rows, int Columns)>(size => size.Rows * size.Columns <= 130 * 130));
        Assert.That(joined.Shape, Is.EqualTo(x.Shape));
        Assert.That(joined.ToArray(), Is.EqualTo(whole.ToArray()));
    }

    [TestCase(2, 2)]
    [TestCase(3, 1)]
    public void Tiles_of_a_network_that_enlarges_give_the_bits_of_the_whole_image(int vertical, int horizontal)
    {
        var settings = new NetworkSettings { Form = NetworkForm.SubPixel, Width = 16, Depth = 4, WeightGain = 1 };
        var enlargement = new WholeScale(vertical, horizontal);
        using var network = new ZssrNetwork(Device, settings, channels: 3, seed: 7, enlargement: enlargement);
        using Tensor x = RandomTensors.Uniform(Device, [1, 91, 118, 3], seed: 8), whole = network.Infer(x);
        int tiles = 0;

        using Tensor joined = new TiledInference(64, network.Margin!.Value, mostBytes: 64 * 64 * 64, enlargement).Run(x, tile =>
        {
            tiles++;
            return network.Infer(tile);
        });

        Assert.That(tiles, Is.GreaterThan(3));
        Assert.That(joined.Shape, Is.EqualTo(whole.Shape));
        Assert.That(joined.ToArray(), Is.EqualTo(whole.ToArray()));
    }

    [Test]
    public void Tiles_read_as_little_twice_as_they_can()
    {
        using Tensor wide = RandomTensors.Uniform(Device, [1, 40, 400, 1], seed: 8), high = RandomTensors.Uniform(Device, [1, 400, 40, 1], 8);

        Assert.That(Seen(wide), Is.EqualTo(new[] { (40, 108), (40, 116), (40, 116), (40, 108) }));
        Assert.That(Seen(high), Is.EqualTo(new[] { (108, 40), (116, 40), (116, 40), (108, 40) }));

        static List<(int, int)> Seen(Tensor image)
        {
            var seen = new List<(int, int)>();
            using Tensor y = new TiledInference(4, margin: 8, mostBytes: 120 * 40 * 4).Run(image, tile =>
            {
                seen.Add((tile.Shape[1], tile.Shape[2]));
                return tile.Share();
            });
            Assert.That(y.ToArray(), Is.EqualTo(image.ToArray()));
            return seen;
        }
    }

    [Test]
    public void What_fits_is_not_cut()
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 20, 10, 3], seed: 8);
        int calls = 0;

        using Tensor y = new TiledInference(256, 32, mostBytes: 20 * 10 * 256).Run(x, tile =>
        {
            calls++;
            return tile.Share();
        });

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public void An_image_of_which_not_even_the_smallest_tile_is_within_the_limit_is_still_computed()
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 9, 10, 3], seed: 8);

        using Tensor y = new TiledInference(256, 2, mostBytes: 1).Run(x, tile => tile.Share());

        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray()));
    }
}
