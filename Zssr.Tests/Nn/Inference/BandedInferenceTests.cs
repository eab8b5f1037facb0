using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Inference;

[TestFixture]
public sealed class BandedInferenceTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(NetworkForm.BlockResiduals)]
    [TestCase(NetworkForm.GlobalResidual)]
    public void Bands_give_the_bits_of_the_whole_image(NetworkForm form)
    {
        using var network = new ZssrNetwork(Device, new NetworkSettings { Form = form }, channels: 3, seed: 7);
        using Tensor x = RandomTensors.Uniform(Device, [1, 150, 22, 3], seed: 8), whole = network.Infer(x);
        var seen = new List<int>();
        const int BytesPerPixel = 256, Margin = 32;
        var banded = new BandedInference(BytesPerPixel, Margin, mostBytes: 100 * 22 * BytesPerPixel);

        using Tensor joined = banded.Run(x, band =>
        {
            seen.Add(band.Shape[1]);
            return network.Infer(band);
        });

        // Bands of 32 rows, or what is left of 150, with 32 rows above and below where there are as many.
        Assert.That(seen, Is.EqualTo(new[] { 64, 96, 96, 86, 54 }));
        Assert.That(joined.Shape, Is.EqualTo(x.Shape));
        Assert.That(joined.ToArray(), Is.EqualTo(whole.ToArray()));
    }

    [Test]
    public void What_fits_is_not_cut()
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 20, 10, 3], seed: 8);
        int calls = 0;

        using Tensor y = new BandedInference(256, 32, mostBytes: 20 * 10 * 256).Run(x, band =>
        {
            calls++;
            return band.Share();
        });

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public void An_image_so_wide_that_a_row_exceeds_the_limit_is_still_computed()
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 9, 10, 3], seed: 8);

        using Tensor y = new BandedInference(256, 2, mostBytes: 1).Run(x, band => band.Share());

        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray()));
    }
}
