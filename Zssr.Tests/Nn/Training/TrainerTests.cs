using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Training;

/// <summary>When training measures, tests and ends, with a network whose errors are made up.</summary>
public sealed class TrainerTests
{
    [Test]
    public void Where_measuring_and_testing_coincide_the_measurement_comes_first()
    {
        // At 300 the line goes through 100, 150, 200, 250 and 300: it falls without scatter. Without 300 it goes through 50 too, and rises.
        double[] errors = [0.30, 0.01, 0.20, 0.19, 0.18, 0.17, 0.16];
        TrainingHistory history = Train(errors, new TrainingSettings { Iterations = 301 });

        Assert.That(history.ReconstructionErrors.Select(error => error.Iteration), Is.EqualTo(new[] { 0, 50, 100, 150, 200, 250, 300 }));
        Assert.That(history.ReconstructionErrors.Select(error => error.MeanSquaredError), Is.EqualTo(errors).Within(1e-6));
        Assert.That(history.Rates, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_rise_at_300_alone_drops_the_rate_at_300()
    {
        double[] errors = [0.30, 0.24, 0.20, 0.19, 0.18, 0.17, 0.25];
        TrainingHistory history = Train(errors, new TrainingSettings { Iterations = 301 });

        Assert.That(history.Rates.Select(change => change.Iteration), Is.EqualTo(new[] { 0, 300 }));
    }

    [Test]
    public void Training_ends_where_the_rate_would_fall_below_its_limit()
    {
        TrainingHistory history = Train([], new TrainingSettings { Iterations = 2000 });

        Assert.That(history.Rates.Select(change => change.Iteration), Is.EqualTo(new[] { 0, 300, 600 }));
        Assert.That(history.Losses, Has.Count.EqualTo(900));
    }

    [Test]
    public void The_slope_test_needs_a_probe()
    {
        using var network = new ScriptedNetwork([]);
        using var pairs = new GrayPairs();
        Assert.That(
            () => new ZssrTrainer(network, pairs, new TrainingSettings()),
            Throws.TypeOf<SettingsException>().With.Message.Contains("probe"));
    }

    private static TrainingHistory Train(double[] errors, TrainingSettings settings)
    {
        using var network = new ScriptedNetwork(errors);
        using var pairs = new GrayPairs();
        using Tensor image = Tensor.Full(SmallRuns.Cpu, [1, 4, 4, 1], 0.25);
        using var probe = new ReconstructionProbe(image, new ImResizeRescaling(), new Scale(2), int.MaxValue, peak: 1);
        using var trainer = new ZssrTrainer(network, pairs, settings, probe);
        while (trainer.Step())
        {
        }

        trainer.ReadLosses();
        return trainer.History;
    }

    /// <summary>
    /// A convolution when it is trained. When it is measured, on an image of ¼, it answers so that the mean squared errors are those of
    /// a list, and rise after its end.
    /// </summary>
    private sealed class ScriptedNetwork : Module
    {
        private readonly Conv2dLayer _layer;
        private readonly double[] _errors;
        private int _measured;

        public ScriptedNetwork(double[] errors)
        {
            _layer = Register("layer", new Conv2dLayer(SmallRuns.Cpu, 1, 1, 1, new FanInUniform(), seed: 1, stream: 0));
            _errors = errors;
        }

        public override Variable Forward(Variable x)
        {
            if (x.Tape.IsRecording)
                return _layer.Forward(x);
            double error = _measured < _errors.Length ? _errors[_measured] : 0.1 + 0.001 * _measured;
            _measured++;
            return x * 0.0 + (0.25 + Math.Sqrt(error));
        }
    }

    private sealed class GrayPairs : ITrainingPairs
    {
        public int EpochLength => 1;

        public TrainingPair Draw(int iteration) => new(
            Tensor.Full(SmallRuns.Cpu, [1, 2, 2, 1], 0.5), Tensor.Full(SmallRuns.Cpu, [1, 2, 2, 1], 0.5), default);

        public void Dispose()
        {
        }
    }
}
