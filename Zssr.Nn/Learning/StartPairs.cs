using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The pairs that a start is learned from: each is cropped from one of many pictures, drawn ones or the user's, and shrunk in one of
/// several ways; all else is as in <see cref="PaperPairs"/>.
/// </summary>
internal sealed class StartPairs : ITrainingPairs
{
    private readonly StartRecipe _recipe;
    private readonly IReadOnlyList<Tensor> _own;
    private readonly DrawnPictures _drawn;
    private readonly Shrinkings _shrinkings;

    /// <summary>A source of pairs.</summary>
    /// <param name="device">Where they are.</param>
    /// <param name="recipe">Which they are.</param>
    /// <param name="own">The user's pictures, [1, H, W, 3], values 0…peak; they stay the caller's.</param>
    public StartPairs(Device device, StartRecipe recipe, IReadOnlyList<Tensor> own)
    {
        (_recipe, _own) = (recipe, own);
        _drawn = new DrawnPictures(device, recipe.Settings.Seed, recipe.DrawingSide, recipe.Drawings, recipe.Settings.Peak);
        _shrinkings = new Shrinkings(recipe.Shrinking, Rescaling.Of(recipe.Settings));
    }

    /// <inheritdoc/>
    public int EpochLength => 100;

    /// <inheritdoc/>
    public TrainingPair Draw(int iteration)
    {
        using PaperPairs pairs = PairsOf(iteration);
        return pairs.Draw(iteration);
    }

    /// <summary>Pairs of one picture, shrunk in one way: some to adapt to, and as many to judge by, each as one batch.</summary>
    public (TrainingPair Adapting, TrainingPair Judging) DrawTask(int task, int count)
    {
        int first = checked(task * 2 * count);
        using PaperPairs pairs = PairsOf(first);
        using TrainingBatch adapting = TrainingBatch.Draw(pairs, 2 * task, count, onPair: null);
        using TrainingBatch judging = TrainingBatch.Draw(pairs, 2 * task + 1, count, onPair: null);
        return (Only(adapting), Only(judging));

        // Crops of one picture are all of one size, unless the picture is smaller than a crop and not square.
        static TrainingPair Only(TrainingBatch batch)
        {
            TrainingPair group = batch.Groups[0];
            return new TrainingPair(group.Son.Share(), group.Father.Share(), group.Origin);
        }
    }

    /// <summary>Frees the drawings.</summary>
    public void Dispose() => _drawn.Dispose();

    /// <summary>The picture of a pair, and how it is shrunk.</summary>
    private PaperPairs PairsOf(int iteration)
    {
        ZssrSettings settings = _recipe.Settings;
        var random = new PhiloxRandom(settings.Seed, RandomStreams.StartPair(iteration));
        Tensor picture = random.NextDouble() < _recipe.DrawnShare ? Drawing(iteration, random) : _own[random.NextInt32(_own.Count)];
        return new PaperPairs(
            [new FatherSource(picture, Scale.One)], _shrinkings.Draw(random), _recipe.LearnedScale, settings.Pairs, settings.Seed, stage: 0,
            settings.Peak, smallSons: settings.NetworkEnlargement != WholeScale.One);
    }

    private Tensor Drawing(int iteration, PhiloxRandom random)
    {
        int first = iteration / _recipe.PairsPerDrawing;
        _drawn.MoveTo(first);
        return _drawn.Picture(first + random.NextInt32(_recipe.Drawings));
    }
}
