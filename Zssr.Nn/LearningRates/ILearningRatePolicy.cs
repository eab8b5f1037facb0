namespace Zssr.Nn;

/// <summary>Decides the learning rate from iteration to iteration.</summary>
public interface ILearningRatePolicy
{
    /// <summary>Every how many iterations the policy wants a reconstruction error; 0 if it needs none.</summary>
    int MeasureEvery { get; }

    /// <summary>The rate of an iteration.</summary>
    /// <param name="iteration">Counted from 0.</param>
    /// <param name="history">What has happened before it.</param>
    double RateAt(int iteration, TrainingHistory history);

    /// <summary>The policy of the settings, stretched over their iterations.</summary>
    internal static ILearningRatePolicy Of(TrainingSettings settings) => settings.RatePolicy switch
    {
        RatePolicyKind.Constant => new ConstantRate(settings.LearningRate),
        RatePolicyKind.Step => new StepRate(settings.LearningRate, Math.Max((settings.Iterations + 2) / 3, 1)),
        RatePolicyKind.Cosine => new CosineRate(settings.LearningRate, Math.Max(settings.Iterations, 1)),
        RatePolicyKind.OneCycle => new OneCycleRate(settings.LearningRate, Math.Max(settings.Iterations, 1)) { WarmUp = settings.WarmUp },
        _ => new SlopeTest(settings.LearningRate),
    };
}
