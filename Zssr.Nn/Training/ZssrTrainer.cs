using System.Globalization;
using Zssr.Autograd;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Trains a network on pairs, one a step or more: output = network(son), loss = |output − father|, gradients backward, a step of the
/// optimizer. Call <see cref="Step"/> until it returns false; between two steps everything may be looked at, saved, or ended.
/// </summary>
public sealed class ZssrTrainer : IDisposable
{
    /// <summary>Losses stay on the device until this many are there: reading a number makes a GPU wait.</summary>
    private const int LossesReadAtOnce = 10;

    /// <summary>After how many iterations the gradients are checked for a collapse, which makes a GPU wait, too.</summary>
    private const int CollapseCheckedEvery = 10;

    private readonly Module _network;
    private readonly ITrainingPairs _pairs;
    private readonly TrainingSettings _settings;
    private readonly ILearningRatePolicy _policy;
    private readonly TrainingLoss _loss;
    private readonly ReconstructionProbe? _probe;
    private readonly int _measureEvery;
    private readonly List<Tensor> _unreadLosses = [];
    private readonly Tape _tape = new();

    /// <summary>A training at its start, or where an earlier one stopped.</summary>
    /// <param name="network">What is trained; it stays the caller's.</param>
    /// <param name="pairs">What it is trained on; they stay the caller's.</param>
    /// <param name="settings">Loss, optimizer, rate and length.</param>
    /// <param name="probe">Measures the reconstruction error; the slope test needs it. It stays the caller's.</param>
    /// <param name="history">
    /// The history of the earlier training; its optimizer's state goes into <see cref="Optimizer"/>, its mean weights into
    /// <see cref="Average"/>.
    /// </param>
    /// <param name="peak">The value of white in the pairs.</param>
    public ZssrTrainer(
        Module network, ITrainingPairs pairs, TrainingSettings settings, ReconstructionProbe? probe = null, TrainingHistory? history = null,
        double peak = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        (_network, _pairs, _settings, _probe) = (network, pairs, settings, probe);
        _policy = ILearningRatePolicy.Of(settings);
        _loss = new TrainingLoss(settings, peak);
        _measureEvery = _policy.MeasureEvery > 0 ? _policy.MeasureEvery : 50;
        if (_policy.MeasureEvery > 0 && probe is null)
            throw new SettingsException($"training: the policy {settings.RatePolicy} decides by reconstruction errors; it needs a probe.");
        History = history ?? new TrainingHistory();
        Iteration = History.Losses.Count;
        Optimizer = Optimizer.Of(settings, network.Parameters);
        Optimizer.StepCount = Iteration;
        if (settings.AverageLast > 0)
            Average = new WeightAverage(network.Parameters, settings.Iterations - settings.AveragedIterations);
    }

    /// <summary>How many iterations have been done.</summary>
    public int Iteration { get; private set; }

    /// <summary>Losses, rates and reconstruction errors. The newest losses appear with <see cref="ReadLosses"/>.</summary>
    public TrainingHistory History { get; }

    /// <summary>Makes the steps.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The mean of the last weights, null where none is wanted.</summary>
    public WeightAverage? Average { get; }

    /// <summary>
    /// All numbers that the next iterations depend on, but for the history: the network's parameters under their names, the optimizer's
    /// state under <c>optimizer.…</c>, and the mean of the weights under <c>average.…</c>.
    /// </summary>
    public IReadOnlyList<NamedParameter> State =>
    [
        .. _network.Parameters,
        .. Optimizer.State.Select(value => value with { Name = "optimizer." + value.Name }),
        .. (Average?.State ?? []).Select(value => value with { Name = "average." + value.Name }),
    ];

    /// <summary>
    /// Whether the network cannot learn any more: there is a loss, but every gradient of every parameter is 0. All ReLUs of a layer
    /// output only 0 then, which happens where steps are large, and whatever comes in, the same goes out. Where that is right but for
    /// rounding, as for a picture of one colour, nothing is wrong. Checked every ten iterations.
    /// </summary>
    public bool HasCollapsed { get; private set; }

    /// <summary>Does one iteration.</summary>
    /// <param name="onPair">Shown each pair before it is used.</param>
    /// <param name="observer">Told all that the iteration computes. The result is the same.</param>
    /// <returns>
    /// False where training has ended instead: all iterations are done, or the rate has fallen below its limit. The network has the mean
    /// of the last weights then, where one is wanted.
    /// </returns>
    public bool Step(Action<TrainingPair>? onPair = null, IStepObserver? observer = null)
    {
        Measure();
        if (Iteration >= _settings.Iterations)
            return Ended();
        double rate = _policy.RateAt(Iteration, History);
        if (rate < _settings.StopBelow)
            return Ended();

        History.AddRate(Iteration, rate);
        using TrainingBatch batch = TrainingBatch.Draw(_pairs, Iteration, _settings.Batch, onPair);
        Learn(batch, rate, observer);
        Iteration++;
        Average?.Add(Iteration);
        if (_unreadLosses.Count >= LossesReadAtOnce)
            ReadLosses();
        return true;

        bool Ended()
        {
            Average?.Apply(Iteration);
            return false;
        }
    }

    /// <summary>
    /// How the next iteration's loss is computed, with lines: what <see cref="Step"/> records before it goes backward. Parameters have
    /// their names, and pairs are <c>son</c> and <c>father</c> (<c>son.0</c> and so on where they have several sizes). Nothing is trained.
    /// </summary>
    public TapeGraph Graph()
    {
        using TrainingBatch batch = TrainingBatch.Draw(_pairs, Iteration, _settings.Batch, onPair: null);
        using var tape = new Tape { RemembersLines = true };
        Variable loss = LossOf(batch, tape);
        return TapeGraph.Of(loss, [.. _network.Parameters.Concat(NamedImages(batch)).Select(named => (named.Name, named.Value))]);
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

    /// <summary>Frees the optimizer and the mean weights.</summary>
    public void Dispose()
    {
        foreach (Tensor loss in _unreadLosses)
            loss.Dispose();
        _unreadLosses.Clear();
        _tape.Dispose();
        Optimizer.Dispose();
        Average?.Dispose();
    }

    /// <summary>Forward, backward, and a step of the optimizer; on a tape of its own where an observer is to be told.</summary>
    private void Learn(TrainingBatch batch, double rate, IStepObserver? observer)
    {
        using Tape? observed = observer is null ? null : new Tape { Observer = observer, RemembersLines = true };
        Tape tape = observed ?? _tape;
        observer?.Begun(Iteration, [.. NamedImages(batch), .. _network.Parameters]);
        try
        {
            Variable loss = LossOf(batch, tape);
            tape.Backward(loss);
            if ((Iteration + 1) % CollapseCheckedEvery == 0)
                HasCollapsed = !AnyGradient(tape) && loss.Value.Item() > _loss.OfRounding;
            observer?.Learning(Gradients(tape), rate);
            Optimizer.Step(tape, rate);
            _unreadLosses.Add(loss.Value.Share());
        }
        finally
        {
            tape.Clear();
        }

        observer?.Ended(_network.Parameters);
    }

    private IReadOnlyList<NamedParameter> Gradients(Tape tape) =>
        [.. _network.Parameters.Select(parameter => new NamedParameter(parameter.Name, tape.Watch(parameter.Value).Gradient!.Value))];

    /// <summary><c>son</c> and <c>father</c>, with numbers where there are several.</summary>
    private static IEnumerable<NamedParameter> NamedImages(TrainingBatch batch) => batch.Groups.SelectMany((pair, i) =>
    {
        string which = batch.Groups.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{i}");
        return new[] { new NamedParameter("son" + which, pair.Son), new NamedParameter("father" + which, pair.Father) };
    });

    /// <summary>The mean of the pairs' losses, whatever their sizes.</summary>
    private Variable LossOf(TrainingBatch batch, Tape tape)
    {
        Variable? sum = null;
        foreach (TrainingPair group in batch.Groups)
        {
            Variable loss = _loss.Of(_network.Forward(tape.Constant(group.Son)), group.Father);
            if (batch.Groups.Count > 1)
                loss *= (double)group.Son.Shape[0] / batch.Count;
            sum = sum is null ? loss : sum + loss;
        }

        return sum!;
    }

    /// <summary>
    /// Whether any parameter's gradient is not 0. The last layer is asked first: unless the network has collapsed, it settles the question.
    /// </summary>
    private bool AnyGradient(Tape tape) => _network.Parameters.Reverse().Any(parameter =>
    {
        if (tape.Watch(parameter.Value).Gradient is not { } gradient)
            return false;
        using Tensor magnitudes = Elementwise.Abs(gradient.Value);
        using Tensor largest = Reduction.Max(magnitudes);
        return largest.Item() != 0;
    });

    /// <summary>Measures the reconstruction error where it is due and not yet known.</summary>
    private void Measure()
    {
        bool isKnown = History.ReconstructionErrors.Count > 0 && History.ReconstructionErrors[^1].Iteration == Iteration;
        if (_probe is not null && Iteration % _measureEvery == 0 && !isKnown)
            History.AddError(new ReconstructionError(Iteration, _probe.Measure(_network)));
    }
}
