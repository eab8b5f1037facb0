namespace Zssr.Nn;

/// <summary>A source of training pairs, one for each iteration.</summary>
public interface ITrainingPairs : IDisposable
{
    /// <summary>How many pairs make an epoch.</summary>
    int EpochLength { get; }

    /// <summary>The pair of an iteration, counted from 0: the same again whenever it is asked for. The caller disposes it.</summary>
    TrainingPair Draw(int iteration);
}
