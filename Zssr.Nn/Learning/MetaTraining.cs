using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>
/// Meta-training: each iteration takes one picture and one shrinking (a task), adapts the network to some of its pairs, and moves the
/// weights from which the adapting began so that it would have ended better on the others.
/// </summary>
internal sealed class MetaTraining(ZssrNetwork network, StartRecipe recipe, StartPairs pairs) : IDisposable
{
    private readonly Optimizer _optimizer = Optimizer.Of(recipe.Settings.Training, network.Parameters);
    private readonly ILearningRatePolicy _policy = ILearningRatePolicy.Of(recipe.Settings.Training);
    private readonly TrainingLoss _loss = new(recipe.Settings.Training, recipe.Settings.Peak);
    private readonly MetaLoss _meta = new(recipe.InnerSteps, recipe.InnerRate);

    /// <summary>What has happened.</summary>
    public TrainingHistory History { get; } = new();

    /// <summary>Does one iteration. Its outer loss goes into the history.</summary>
    /// <returns>False where all iterations are done.</returns>
    /// <exception cref="TrainingDivergedException">The loss is no number any more.</exception>
    public bool Step()
    {
        int iteration = History.Losses.Count;
        if (iteration >= recipe.Settings.Training.Iterations)
            return false;
        double rate = _policy.RateAt(iteration, History);
        History.AddRate(iteration, rate);
        using var tape = new Tape();
        Variable loss = OuterLoss(tape, iteration);
        tape.Backward(loss);
        _optimizer.Step(tape, rate);
        History.AddLoss(loss.Value.Item());
        if (!double.IsFinite(History.Losses[^1]))
            throw new TrainingDivergedException(History);
        return true;
    }

    /// <summary>The outer loss of a task, the same again whenever it is asked for.</summary>
    public Variable OuterLoss(Tape tape, int task)
    {
        (TrainingPair adapting, TrainingPair judging) = pairs.DrawTask(task, recipe.Settings.Training.Batch);
        using (adapting)
        using (judging)
            return _meta.Of(tape, network, _loss, adapting, judging);
    }

    public void Dispose() => _optimizer.Dispose();
}
