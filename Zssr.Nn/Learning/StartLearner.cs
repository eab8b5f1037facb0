using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Learns a start: trains a network on many pictures, drawn ones (<see cref="LeafPicture"/>) or the user's, so that the training on an
/// image need not begin with random weights. The same recipe, pictures and device, with as many threads, give the same file bit for bit.
/// </summary>
/// <param name="recipe">How.</param>
/// <param name="pictures">The user's own pictures, [1, H, W, 3], values 0…1; none for drawings alone. They stay the caller's.</param>
public sealed class StartLearner(StartRecipe recipe, IReadOnlyList<Tensor>? pictures = null)
{
    private const int ReportEvery = 10;
    private const int EpochLength = 100;

    private readonly StartRecipe _recipe = recipe ?? throw new ArgumentNullException(nameof(recipe));
    private readonly IReadOnlyList<Tensor> _pictures = pictures ?? [];

    private ZssrSettings Settings => _recipe.Settings;

    /// <summary>Trains, from a checkpoint on if one is given.</summary>
    /// <param name="device">Where.</param>
    /// <param name="hooks">Progress, checkpoints and pairs are shown as in a run; it has one stage.</param>
    /// <param name="checkpoint">Where an earlier training with the same recipe and pictures was.</param>
    /// <param name="cancellation">Stops it between two iterations, after a last checkpoint.</param>
    /// <returns>The file of the start: see <see cref="StartWeights"/>.</returns>
    /// <exception cref="SettingsException">A value of the recipe is outside its range.</exception>
    /// <exception cref="CheckpointException">The checkpoint is of another training.</exception>
    /// <exception cref="TrainingDivergedException">The losses grew without end.</exception>
    /// <exception cref="StartException">The weights are no numbers at last, or too large for half precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public SafetensorsFile Run(
        Device device, RunHooks? hooks = null, TrainingCheckpoint? checkpoint = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        _recipe.Validate(_pictures.Count);
        hooks ??= new RunHooks();
        RunIdentity identity = Identity();
        checkpoint?.RequireSameRun(identity);
        var own = new List<Tensor>();
        try
        {
            foreach (Tensor picture in _pictures)
                own.Add(Settings.Peak == 1 ? picture.Share() : Elementwise.Multiply(picture, Settings.Peak));
            Scale scale = _recipe.LearnedScale;
            using var network = new ZssrNetwork(
                device, Settings.Network, channels: 3, Settings.Seed, enlargement: Settings.NetworkEnlargement);
            if (Settings.Start is { } start)
                FirstWeights.Load(network, start, scale, Settings.Peak);
            using var pairs = new StartPairs(device, _recipe, own);
            if (_recipe.InnerSteps > 0)
            {
                MetaTrain(network, pairs, hooks, cancellation);
                return FileOf(network, identity);
            }

            using ReconstructionProbe probe = Probe(device, own);
            List<TrainingHistory> histories = checkpoint?.CopyHistories() ?? [new TrainingHistory()];
            using var training = new StageTraining(network, pairs, probe, Settings, histories[0], scale);
            checkpoint?.Restore(training);
            Train(training, histories, identity, hooks, cancellation);
            return FileOf(network, identity);
        }
        finally
        {
            foreach (Tensor picture in own)
                picture.Dispose();
        }
    }

    /// <summary>Meta-training, without checkpoints.</summary>
    private void MetaTrain(ZssrNetwork network, StartPairs pairs, RunHooks hooks, CancellationToken cancellation)
    {
        using var training = new MetaTraining(network, _recipe, pairs);
        do
        {
            Report(hooks, training.History);
            cancellation.ThrowIfCancellationRequested();
        }
        while (training.Step());
    }

    private void Report(RunHooks hooks, TrainingHistory history)
    {
        Scale scale = _recipe.LearnedScale;
        ScaleStage[] stages = [new ScaleStage(scale, scale, BackProjections: 0, BecomesBase: true)];
        if (history.Losses.Count % ReportEvery == 0)
            hooks.Progress?.Report(
                new RunProgress(0, stages, RunPhase.Training, history.Losses.Count, Settings.Training.Iterations, EpochLength, history));
    }

    private void Train(
        StageTraining training, List<TrainingHistory> histories, RunIdentity identity, RunHooks hooks, CancellationToken cancellation)
    {
        var sinceCheckpoint = Stopwatch.StartNew();
        do
        {
            histories[0] = training.History;
            Report(hooks, training.History);
            bool isCancelled = cancellation.IsCancellationRequested;
            if (isCancelled || sinceCheckpoint.Elapsed > hooks.CheckpointInterval)
            {
                training.Trainer.ReadLosses();
                hooks.Checkpoint?.Invoke(TrainingCheckpoint.Of(identity, Settings, stage: 0, training, sources: [], histories));
                sinceCheckpoint.Restart();
            }

            if (isCancelled)
                throw new OperationCanceledException(cancellation);
        }
        while (training.Step(hooks.Pair, observer: null));
    }

    /// <summary>Judges by a drawing that no training gets to and nothing is learned from; without drawings, by the first picture.</summary>
    private ReconstructionProbe Probe(Device device, List<Tensor> own)
    {
        int side = _recipe.DrawingSide;
        using Tensor picture = _recipe.DrawnShare > 0
            ? Tensor.From(device, [1, side, side, 3], LeafPicture.Draw(side, side, Settings.Seed, int.MaxValue)) : own[0].Share();
        using Tensor scaled = Elementwise.Multiply(picture, _recipe.DrawnShare > 0 ? Settings.Peak : 1);
        return new ReconstructionProbe(scaled, Rescaling.Of(Settings), _recipe.LearnedScale, largestSide: 256, Settings.Peak,
            smallSon: Settings.NetworkEnlargement != WholeScale.One);
    }

    private SafetensorsFile FileOf(ZssrNetwork network, RunIdentity identity)
    {
        var file = new SafetensorsFile();
        string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
        (string Name, string Value)[] metadata =
        [
            ("format", StartWeights.Format),
            ("form", Settings.Network.Form.ToString()),
            ("width", Text(Settings.Network.Width)),
            ("depth", Text(Settings.Network.Depth)),
            ("channels", Text(network.Channels)),
            ("scale_vertical", Text(_recipe.LearnedScale.Vertical)),
            ("scale_horizontal", Text(_recipe.LearnedScale.Horizontal)),
            ("peak", Text(Settings.Peak)),
            ("learned_from", _pictures.Count == 0 ? "drawings" : _recipe.DrawnShare > 0 ? "drawings and pictures" : "pictures"),
            ("pictures", Text(_pictures.Count)),
            ("pictures_sha256", identity.Input),
            ("seed", Settings.Seed.ToString(CultureInfo.InvariantCulture)),
            ("iterations", Text(Settings.Training.Iterations)),
            ("recipe", _recipe.ToJson()),
        ];
        foreach ((string name, string value) in metadata)
            file.Metadata[name] = value;
        var exact = new SafetensorsFile();
        ParameterStore.Add(exact, network.Parameters);
        foreach (string name in exact.Names)
        {
            file.AddHalf(name, exact.ShapeOf(name), exact.Floats(name));
            if (!Array.TrueForAll(file.Floats(name), float.IsFinite))
            {
                throw new StartException(
                    $"learn: '{name}' has weights that are no numbers, or too large for half precision; nothing is written. "
                    + "Give a smaller --learning-rate.");
            }
        }

        return file;
    }

    private RunIdentity Identity()
    {
        string images = string.Concat(_pictures.Select(picture => RunIdentity.Of(picture, Settings, kernel: null).Input));
        return new RunIdentity(Hash(images), Hash(_recipe.ToJson()));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
