using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>Several threads on one device.</summary>
public sealed class ConcurrencyTests(TestDevice kind) : DeviceTest(kind)
{
    private const int Threads = 4;

    [Test]
    public void Runs_side_by_side_give_the_bits_of_runs_one_after_the_other()
    {
        ZssrSettings[] settings =
        [
            .. Enumerable.Range(1, Threads).Select(seed => SmallRuns.Small(ZssrPresets.Paper, iterations: 12) with { Seed = (ulong)seed }),
        ];
        float[][] expected = [.. settings.Select(Upscaled)], found = new float[Threads][];
        var failures = new Exception?[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            try
            {
                found[i] = Upscaled(settings[i]);
            }
            catch (Exception failure)
            {
                failures[i] = failure;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.That(failures, Is.All.Null);
        Assert.That(found, Is.EqualTo(expected));
        Assert.That(expected[0], Is.Not.EqualTo(expected[1]), "the seeds make a difference");
    }

    private float[] Upscaled(ZssrSettings settings)
    {
        using Tensor image = PlainImages.Drawing(9, 8).On(Device);
        using Tensor large = new SuperResolver(settings).Upscale(image);
        return large.ToArray();
    }
}
