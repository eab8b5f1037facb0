using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// A run at one moment of its training, complete enough to go on as if it had never stopped: weights and their mean, the optimizer's
/// moments and step, rate, losses, the images that fathers are made from, the states to go back to should the training diverge
/// (<c>good.…</c>), and which run it is. Stored as a safetensors file whose <c>layers.…</c> PyTorch loads as weights.
/// </summary>
/// <remarks>
/// The random state is the seed, which is part of the settings, and the iteration: random numbers are counter-based, and each
/// iteration has a sequence of its own.
/// </remarks>
public sealed class TrainingCheckpoint
{
    private const string Format = "zssr-training-3";

    /// <summary>The same without a checksum, as earlier versions wrote it.</summary>
    private const string OlderFormat = "zssr-training-2";

    private const string GoodIterations = "good_iterations";
    private const int MostStages = 1000;

    private readonly SafetensorsFile _file;

    private TrainingCheckpoint(SafetensorsFile file)
    {
        _file = file;
        if (!file.Metadata.TryGetValue("format", out string? format) || format is not (Format or OlderFormat))
        {
            throw new CheckpointException(
                "checkpoint: the file is a safetensors file, but not a training checkpoint: "
                + $"its metadata gives the format '{format}', not '{Format}'.");
        }

        Stage = (int)Number("stage", MostStages);
        OptimizerSteps = Number("optimizer_step", long.MaxValue);
        Identity = new RunIdentity(Text("input_sha256"), Text("settings_sha256"));
        Histories = CopyHistories();
        if (OptimizerSteps != Histories[^1].Losses.Count)
        {
            throw new CheckpointException(
                $"checkpoint: its optimizer has made {OptimizerSteps} steps, but it has {Histories[^1].Losses.Count} losses. "
                + "The file is damaged; start again.");
        }
    }

    /// <summary>
    /// Whether it was read from a file whose checksum is right. Otherwise it is new, or an earlier version wrote it without one: damage in
    /// its numbers would not be found.
    /// </summary>
    public bool HasChecksum => _file.HasChecksum;

    /// <summary>Which stage of the run was being trained, counted from 0.</summary>
    public int Stage { get; }

    /// <summary>How many steps the optimizer had made.</summary>
    public long OptimizerSteps { get; }

    /// <summary>Which run it is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>What happened in each stage so far, that of <see cref="Stage"/> last.</summary>
    public IReadOnlyList<TrainingHistory> Histories { get; }

    /// <summary>The settings of the run, as JSON.</summary>
    public string SettingsJson => Text("settings");

    /// <summary>Copies the state of a run.</summary>
    internal static TrainingCheckpoint Of(
        RunIdentity identity, ZssrSettings settings, int stage, StageTraining training,
        IReadOnlyList<FatherSource> sources, IReadOnlyList<TrainingHistory> histories)
    {
        TrainingHistory current = histories[^1];
        var file = new SafetensorsFile();
        (string Name, string Value)[] metadata =
        [
            ("format", Format),
            ("stage", stage.ToString(CultureInfo.InvariantCulture)),
            ("iteration", current.Losses.Count.ToString(CultureInfo.InvariantCulture)),
            ("random_state", $"Philox 4x32-10, key {settings.Seed}, sequences of stage {stage} from iteration {current.Losses.Count} on"),
            ("optimizer", settings.Training.Optimizer.ToString()),
            ("optimizer_step", training.Trainer.Optimizer.StepCount.ToString(CultureInfo.InvariantCulture)),
            ("learning_rate", current.LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            ("input_sha256", identity.Input),
            ("settings_sha256", identity.Settings),
            ("settings", settings.ToJson()),
            (GoodIterations, string.Join(',', training.GoodStates.Select(state => state.Iteration))),
        ];
        foreach ((string name, string value) in metadata)
            file.Metadata[name] = value;
        ParameterStore.Add(file, training.Trainer.State);
        foreach (TrainingSnapshot state in training.GoodStates)
            ParameterStore.Add(file, state.State, GoodPrefix(state.Iteration));
        for (int i = 0; i < histories.Count; i++)
            HistoryStore.Add(file, i, histories[i]);
        for (int i = 0; i < sources.Count; i++)
        {
            file.Add($"sources.{i}.image", sources[i].Image.Shape, sources[i].Image.ToArray());
            file.Add($"sources.{i}.scale", [2], [sources[i].Scale.Vertical, sources[i].Scale.Horizontal]);
        }

        return new TrainingCheckpoint(file);
    }

    /// <summary>Writes the file; equal states give equal bytes. The stream is left open.</summary>
    public void Write(Stream stream) => _file.Write(stream, withChecksum: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="SafetensorsException">It is no safetensors file, or damaged: the checksum over all of it is wrong.</exception>
    /// <exception cref="CheckpointException">It is one, but no training checkpoint, or incomplete.</exception>
    public static TrainingCheckpoint Read(Stream stream) => FromFile(SafetensorsFile.Read(stream));

    private static TrainingCheckpoint FromFile(SafetensorsFile file)
    {
        var checkpoint = new TrainingCheckpoint(file);
        return file.HasChecksum || file.Metadata["format"] == OlderFormat
            ? checkpoint
            : throw new CheckpointException("checkpoint: its checksum is missing. The file is damaged; start again.");
    }

    /// <summary>The checkpoint that a file holds; null where it holds something else, such as parameters alone.</summary>
    /// <exception cref="CheckpointException">It is a checkpoint, but incomplete or of another version.</exception>
    internal static TrainingCheckpoint? In(SafetensorsFile file) =>
        file.Metadata.TryGetValue("format", out string? format) && format.StartsWith("zssr-training", StringComparison.Ordinal)
            ? FromFile(file) : null;

    /// <summary>Throws unless the checkpoint is of a run with this input and these settings.</summary>
    /// <exception cref="CheckpointException">It is not; the message says what differs.</exception>
    public void RequireSameRun(RunIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (Identity.Input != identity.Input)
            throw new CheckpointException("checkpoint: it was trained on another image or blur kernel. Give the same input, or restart.");
        if (Identity.Settings != identity.Settings)
        {
            throw new CheckpointException(
                "checkpoint: it was trained with other settings. Give the same ones (the checkpoint's metadata lists them), or restart.");
        }
    }

    /// <summary>Gives a training and its network the state that was saved, and the states that they can go back to.</summary>
    /// <param name="training">A training of the same form, with the history of this one.</param>
    /// <exception cref="CheckpointException">Something is missing or of another shape.</exception>
    internal void Restore(StageTraining training)
    {
        ParameterStore.Load(_file, training.Trainer.State);
        training.Trainer.Optimizer.StepCount = OptimizerSteps;
        training.RestoreGoodStates(GoodStates(training.Trainer));
    }

    /// <summary>Older ones first.</summary>
    private IEnumerable<TrainingSnapshot> GoodStates(ZssrTrainer trainer)
    {
        foreach (string text in Text(GoodIterations).Split(','))
        {
            int iteration = (int)Number(text, GoodIterations, OptimizerSteps);
            var snapshot = new TrainingSnapshot(trainer.State, iteration);
            try
            {
                ParameterStore.Load(_file, snapshot.State, GoodPrefix(iteration));
            }
            catch
            {
                snapshot.Dispose();
                throw;
            }

            yield return snapshot;
        }
    }

    /// <summary>The histories once more, for a run that goes on writing them.</summary>
    internal List<TrainingHistory> CopyHistories() =>
        [.. Enumerable.Range(0, Stage + 1).Select(stage => HistoryStore.Read(_file, stage))];

    /// <summary>The images that fathers are made from, the base image first; the caller disposes them.</summary>
    /// <param name="device">Where they go.</param>
    /// <param name="expected">What the run must have at this stage.</param>
    /// <exception cref="CheckpointException">They are others; the message says which.</exception>
    internal List<FatherSource> Sources(Device device, IReadOnlyList<(Shape Shape, Scale Scale, ImageArea Part)> expected)
    {
        for (int i = 0; i < expected.Count; i++)
        {
            (Shape shape, Scale scale, _) = expected[i];
            (string image, string scales) = ($"sources.{i}.image", $"sources.{i}.scale");
            bool isThere = _file.Contains(image) && _file.Contains(scales);
            if (!isThere || _file.ShapeOf(image) != shape || _file.Doubles(scales) is not [var rows, var columns]
                || new Scale(rows, columns) != scale)
            {
                throw new CheckpointException(
                    $"checkpoint: 'sources.{i}' is not the image {shape} of scale {scale} that stage {Stage} needs. "
                    + "The file is damaged; start again.");
            }
        }

        if (_file.Contains($"sources.{expected.Count}.image"))
        {
            throw new CheckpointException(
                $"checkpoint: it has more images than the {expected.Count} of stage {Stage}. The file is damaged; start again.");
        }

        return [.. expected.Select((source, i) =>
            new FatherSource(Tensor.From(device, source.Shape, _file.Floats($"sources.{i}.image")), source.Scale) { Part = source.Part })];
    }

    private static string GoodPrefix(int iteration) => string.Create(CultureInfo.InvariantCulture, $"good.{iteration}.");

    private string Text(string name) => _file.Metadata.TryGetValue(name, out string? text)
        ? text
        : throw new CheckpointException($"checkpoint: its metadata has no '{name}'. The file is incomplete; start again.");

    private long Number(string name, long most) => Number(Text(name), name, most);

    private static long Number(string text, string name, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most
            ? number
            : throw new CheckpointException($"checkpoint: its metadata gives '{text}' for '{name}', which is not a valid number.");
}
