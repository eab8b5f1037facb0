using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Trains a network on pairs, one a step: output = network(son), loss = |output − father|, gradients backward, a step of the optimizer.
/// Call <see cref="Step"/> until it says no; between two steps everything may be looked at, saved, or ended.
/// </summary>
public sealed class ZssrTrainer : IDisposable
{
    /// <summary>Losses stay on the device until this many are there: reading a number makes a GPU wait.</summary>
    private const int LossesReadAtOnce = 10;

    private readonly Module _network;
    private readonly ITrainingPairs _pairs;
    private readonly TrainingSettings _settings;
    private readonly ILearningRatePolicy _policy;
    private readonly ReconstructionProbe? _probe;
    private readonly int _measureEvery;
    private readonly List<Tensor> _unreadLosses = [];

    /// <summary>A training at its start, or where an earlier one stopped.</summary>
    /// <param name="network">What is trained; it stays the caller's.</param>
    /// <param name="pairs">What it is trained on; they stay the caller's.</param>
    /// <param name="settings">Loss, optimizer, rate and length.</param>
    /// <param name="probe">Measures the reconstruction error; the slope test needs it. It stays the caller's.</param>
    /// <param name="history">The history of the earlier training; its optimizer's state goes into <see cref="Optimizer"/>.</param>
    public ZssrTrainer(
        Module network, ITrainingPairs pairs, TrainingSettings settings, ReconstructionProbe? probe = null, TrainingHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        (_network, _pairs, _settings, _probe) = (network, pairs, settings, probe);
        _policy = settings.CreatePolicy();
        _measureEvery = _policy.MeasureEvery > 0 ? _policy.MeasureEvery : 50;
        if (_policy.MeasureEvery > 0 && probe is null)
            throw new SettingsException($"training: the policy {settings.RatePolicy} decides by reconstruction errors; it needs a probe.");
        History = history ?? new TrainingHistory();
        Iteration = History.Losses.Count;
        Optimizer = settings.CreateOptimizer(network.Parameters);
        Optimizer.StepCount = Iteration;
    }

    /// <summary>How many iterations have been done.</summary>
    public int Iteration { get; private set; }

    /// <summary>Losses, rates and reconstruction errors. The newest losses appear with <see cref="ReadLosses"/>.</summary>
    public TrainingHistory History { get; }

    /// <summary>Makes the steps; its state belongs into a checkpoint.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Does one iteration.</summary>
    /// <param name="onPair">Shown the pair before it is used.</param>
    /// <returns>False where training has ended instead: all iterations are done, or the rate has fallen below its limit.</returns>
    public bool Step(Action<TrainingPair>? onPair = null)
    {
        Measure();
        if (Iteration >= _settings.Iterations)
            return false;
        double rate = _policy.RateAt(Iteration, History);
        if (rate < _settings.StopBelow)
            return false;
        History.AddRate(Iteration, rate);

        using TrainingPair pair = _pairs.Draw(Iteration);
        onPair?.Invoke(pair);
        using var tape = new Tape();
        Variable output = _network.Forward(tape.Constant(pair.Son));
        Variable loss = LossOf(output, tape.Constant(pair.Father));
        tape.Backward(loss);
        Optimizer.Step(tape, rate);

        _unreadLosses.Add(loss.Value.Share());
        Iteration++;
        if (_unreadLosses.Count >= LossesReadAtOnce)
            ReadLosses();
        return true;
    }

    /// <summary>Brings <see cref="History"/> up to date. Waits for the device.</summary>
    public void ReadLosses()
    {
        foreach (Tensor loss in _unreadLosses)
        {
            History.AddLoss(loss.Item());
            loss.Dispose();
        }

        _unreadLosses.Clear();
    }

    /// <summary>Frees the optimizer.</summary>
    public void Dispose()
    {
        foreach (Tensor loss in _unreadLosses)
            loss.Dispose();
        _unreadLosses.Clear();
        Optimizer.Dispose();
    }

    private Variable LossOf(Variable output, Variable father) => _settings.Loss == LossKind.L1
        ? L1LossFunction.Apply(output, father)
        : MeanSquaredLossFunction.Apply(output, father);

    /// <summary>Measures the reconstruction error where it is due and not yet known.</summary>
    private void Measure()
    {
        bool isKnown = History.ReconstructionErrors.Count > 0 && History.ReconstructionErrors[^1].Iteration == Iteration;
        if (_probe is not null && Iteration % _measureEvery == 0 && !isKnown)
            History.AddError(new ReconstructionError(Iteration, _probe.Measure(_network)));
    }
}
