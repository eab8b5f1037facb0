using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>The pairs of one iteration. Pairs of one size go through the network together, others one after the other.</summary>
internal sealed class TrainingBatch : IDisposable
{
    private readonly List<TrainingPair> _groups = [];

    private TrainingBatch(int count) => Count = count;

    /// <summary>How many pairs there are.</summary>
    public int Count { get; }

    /// <summary>Sons and fathers of each size, [N, h, w, C]; the N add up to <see cref="Count"/>.</summary>
    public IReadOnlyList<TrainingPair> Groups => _groups;

    /// <summary>Draws the pairs of an iteration: numbers iteration · count to iteration · count + count − 1.</summary>
    /// <param name="pairs">Where they come from.</param>
    /// <param name="iteration">Counted from 0.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="onPair">Shown each pair.</param>
    public static TrainingBatch Draw(ITrainingPairs pairs, int iteration, int count, Action<TrainingPair>? onPair)
    {
        var batch = new TrainingBatch(count);
        var drawn = new List<TrainingPair>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                drawn.Add(pairs.Draw(checked(iteration * count + i)));
                onPair?.Invoke(drawn[^1]);
            }

            foreach (IGrouping<Shape, TrainingPair> group in drawn.GroupBy(pair => pair.Father.Shape))
                batch._groups.Add(Together([.. group]));
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        finally
        {
            foreach (TrainingPair pair in drawn)
                pair.Dispose();
        }
    }

    /// <summary>Frees the images.</summary>
    public void Dispose()
    {
        foreach (TrainingPair group in _groups)
            group.Dispose();
    }

    private static TrainingPair Together(TrainingPair[] pairs) => pairs.Length == 1
        ? new TrainingPair(pairs[0].Son.Share(), pairs[0].Father.Share(), pairs[0].Origin)
        : TrainingPair.Of(
            Concatenation.Batch([.. pairs.Select(pair => pair.Father)]),
            _ => Concatenation.Batch([.. pairs.Select(pair => pair.Son)]),
            pairs[0].Origin);
}
