using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn;

/// <summary>Pairs from a list, one after the other and from the beginning again; it notes which were drawn.</summary>
internal sealed class ListedPairs(params (Tensor Son, Tensor Father)[] pairs) : ITrainingPairs
{
    public List<int> Drawn { get; } = [];

    public int EpochLength => pairs.Length;

    /// <summary>Pairs without pattern, of these heights and six columns.</summary>
    public static ListedPairs Noise(params int[] heights) => new([.. heights.Select((height, i) =>
    {
        Image father = PlainImages.Noise(height, 6, 3, seed: 2 * i), son = PlainImages.Noise(height, 6, 3, seed: 2 * i + 1);
        return (son.On(SmallRuns.Cpu), father.On(SmallRuns.Cpu));
    })]);

    public TrainingPair Draw(int iteration)
    {
        Drawn.Add(iteration);
        (Tensor son, Tensor father) = pairs[iteration % pairs.Length];
        return new TrainingPair(son.Share(), father.Share(), default);
    }

    public void Dispose()
    {
        foreach ((Tensor son, Tensor father) in pairs)
        {
            son.Dispose();
            father.Dispose();
        }
    }
}
