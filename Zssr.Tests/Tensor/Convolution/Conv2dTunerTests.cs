using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Where several kernels fit, each is timed once for a size, and the fastest is kept to.</summary>
[TestFixture]
public sealed class Conv2dTunerTests
{
    private static readonly Conv2dGeometry Small = new(1, 8, 8, 1, 3, 3, 1, 1, 1);

    private readonly List<Conv2dAlgorithm> _runs = [];

    private static Device Device => OpenDevices.Get(TestDevice.Portable);

    [SetUp]
    public void ForgetRuns() => _runs.Clear();

    [Test]
    public void The_fastest_is_chosen_after_each_was_timed_once()
    {
        var tuner = new Conv2dTuner((_, _, _) => [Conv2dAlgorithm.Direct, Conv2dAlgorithm.Tiled]);
        Run(tuner, Small, slow: Conv2dAlgorithm.Direct);
        Assert.That(tuner.Timings, Is.EqualTo(2));
        Assert.That(_runs[^1], Is.EqualTo(Conv2dAlgorithm.Tiled));

        _runs.Clear();
        Run(tuner, Small, slow: Conv2dAlgorithm.Direct);
        Assert.That(tuner.Timings, Is.EqualTo(2), "what was measured is remembered");
        Assert.That(_runs, Is.EqualTo(new[] { Conv2dAlgorithm.Tiled }));

        Run(tuner, Small with { InputHeight = 9 }, slow: Conv2dAlgorithm.Tiled);
        Assert.That(tuner.Timings, Is.EqualTo(4), "another size is measured again");
        Assert.That(_runs[^1], Is.EqualTo(Conv2dAlgorithm.Direct));
    }

    [Test]
    public void A_kernel_that_does_not_run_is_passed_over()
    {
        var tuner = new Conv2dTuner((_, _, _) => [Conv2dAlgorithm.Tiled, Conv2dAlgorithm.Direct]);
        Run(tuner, Small, broken: Conv2dAlgorithm.Tiled);
        Assert.That(_runs[^1], Is.EqualTo(Conv2dAlgorithm.Direct));
    }

    [Test]
    public void If_no_kernel_runs_the_caller_is_told()
    {
        var tuner = new Conv2dTuner((_, _, _) => [Conv2dAlgorithm.Tiled, Conv2dAlgorithm.Naive]);
        Assert.That(() => Run(tuner, Small, allBroken: true), Throws.TypeOf<DeviceException>());
        Run(tuner, Small, slow: Conv2dAlgorithm.Tiled);
        Assert.That(_runs[^1], Is.EqualTo(Conv2dAlgorithm.Naive), "a failure of all is not remembered as a choice");
    }

    [Test]
    public void A_single_candidate_is_not_timed()
    {
        var tuner = new Conv2dTuner((_, _, _) => [Conv2dAlgorithm.Direct]);
        Run(tuner, Small);
        Assert.That(tuner.Timings, Is.Zero);
        Assert.That(_runs, Is.EqualTo(new[] { Conv2dAlgorithm.Direct }));
    }

    private void Run(
        Conv2dTuner tuner, Conv2dGeometry g, Conv2dAlgorithm? slow = null, Conv2dAlgorithm? broken = null, bool allBroken = false)
    {
        using DeviceCall call = Device.Begin("tuner test");
        tuner.Run(call, Conv2dPass.Forward, g, DType.Float32, Conv2dAlgorithm.Auto, algorithm =>
        {
            if (allBroken || algorithm == broken)
                throw new DeviceException("planted", "cpu", "tuner test");
            if (algorithm == slow)
                Thread.Sleep(20);
            _runs.Add(algorithm);
        });
    }
}
