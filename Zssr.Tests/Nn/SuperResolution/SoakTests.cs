using System.Diagnostics;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>
/// The same small run again and again in one process, as a service would have it. Half an hour, so it is not among the usual tests:
/// <c>dotnet test --filter Category=Soak</c>; <c>ZSSR_SOAK_MINUTES</c> sets another time.
/// </summary>
[Explicit("takes half an hour")]
[Category("Soak")]
public sealed class SoakTests
{
    /// <summary>The first runs, while everything is compiled, and then a tenth of the time, say how much memory there may be.</summary>
    private const int FirstRuns = 20;

    /// <summary>As much as memory may vary afterwards: what the garbage collector has not yet given back.</summary>
    private const long Slack = 30L << 20;

    [TestCase("cpu")]
    [TestCase("opencl:0")]
    public void Memory_stays_flat_and_results_stay_the_same(string name)
    {
        var minutes = TimeSpan.FromMinutes(double.Parse(
            Environment.GetEnvironmentVariable("ZSSR_SOAK_MINUTES") ?? "30", System.Globalization.CultureInfo.InvariantCulture));
        using Device device = Device.Open(name);
        ZssrSettings settings = ZssrPresets.Fast with
        {
            Passes = 1,
            Training = ZssrPresets.Fast.Training with { Iterations = 20 },
        };
        float[]? first = null;
        long early = 0, late = 0, reserved = 0;
        int runs = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < minutes)
        {
            // Sizes change from run to run, as those of files do.
            foreach (int side in new[] { 24, 31, 40 })
            {
                using Tensor image = PlainImages.Drawing(side, side + 3).On(device);
                using Tensor large = new SuperResolver(settings).Upscale(image);
                if (side != 24)
                    continue;
                float[] result = large.ToArray();
                Assert.That(result, Is.EqualTo(first ??= result), $"run {runs}");
            }

            runs++;
            Assert.That(device.LiveBuffers, Is.Zero, $"run {runs}");
            long resident = Environment.WorkingSet;
            if (runs <= FirstRuns || clock.Elapsed < minutes / 10)
                (early, reserved) = (Math.Max(early, resident), Math.Max(reserved, device.ReservedBytes));
            else
                late = Math.Max(late, resident);
        }

        TestContext.Out.WriteLine(
            $"{name}: {3 * runs} runs; at most {early >> 20} MB at first, {late >> 20} MB afterwards; "
            + $"{device.ReservedBytes >> 20} MB of the device reserved");
        Assert.That(runs, Is.GreaterThan(2 * FirstRuns), "runs to compare");
        Assert.That(late, Is.InRange(1, early + Slack));
        Assert.That(device.ReservedBytes, Is.EqualTo(reserved));
    }
}
