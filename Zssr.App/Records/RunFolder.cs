using System.Globalization;
using System.Text;
using System.Text.Json;
using Zssr.App.Charts;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.Nn;

namespace Zssr.App.Records;

/// <summary>The folder in which a run leaves its records. Each file is written whole or not at all.</summary>
internal sealed class RunFolder
{
    private const string CheckpointName = "checkpoint.safetensors";
    private const string RecordName = "run.json";
    private const string PairsName = "pairs.png";
    private const string ComparisonName = "comparison.png";
    private const string CsvName = "loss.csv";
    private const string ChartName = "loss.svg";

    private readonly string _path;
    private bool _hasPairs;

    /// <summary>Opens the folder, and makes it where it does not exist.</summary>
    /// <exception cref="FileException">It cannot be made.</exception>
    public RunFolder(string path)
    {
        _path = path;
        Make(path);
        _hasPairs = File.Exists(PairsPath);
    }

    /// <summary>What is said of a checkpoint that is read though nothing proves that it is whole.</summary>
    public const string NoChecksum = "an earlier version wrote it, without a checksum; damage in its numbers would not be found.";

    public string CheckpointPath => CheckpointIn(_path);

    private string RecordPath => Path.Combine(_path, RecordName);

    private string PairsPath => Path.Combine(_path, PairsName);

    /// <summary>Makes a folder where it does not exist.</summary>
    /// <exception cref="FileException">It cannot be made.</exception>
    public static void Make(string path) => Folder.Make(path, "run folder");

    /// <summary>Whether a run has left something in a folder that another run would replace.</summary>
    public static bool HoldsRun(string path) =>
        File.Exists(Path.Combine(path, RecordName)) || File.Exists(CheckpointIn(path));

    /// <summary>The run's last checkpoint.</summary>
    public static string CheckpointIn(string path) => Path.Combine(path, CheckpointName);

    /// <summary>The run's copy of its output.</summary>
    public static string OutputIn(string path, string output) => Path.Combine(path, "output" + Path.GetExtension(output));

    /// <summary>All files that a run with this output writes in a folder.</summary>
    public static IEnumerable<string> FilesIn(string path, string output) => [OutputIn(path, output), .. RecordsIn(path)];

    private static IEnumerable<string> RecordsIn(string path) =>
        new[] { CheckpointName, CsvName, ChartName, PairsName, ComparisonName, RecordName }.Select(name => Path.Combine(path, name));

    /// <summary>
    /// Removes all that an earlier run left, for it would be taken for this one's, should this one end early: its record last, as the sign
    /// that the rest is a run's.
    /// </summary>
    /// <param name="kept">What the command reads and writes: it stays, whatever its name is and whichever links lead to it.</param>
    /// <exception cref="FileException">They cannot be removed.</exception>
    public void StartAnew(IEnumerable<string> kept)
    {
        try
        {
            var spared = new FileSet(kept);
            foreach (string file in FilesOfEarlierRun().Where(file => !spared.Contains(file)))
                File.Delete(file);
            _hasPairs = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FileException(_path, $"cannot replace the run in {_path}: {failure.Message}", failure);
        }
    }

    /// <summary>Where there is no run but its pairs, the user has agreed to lose them.</summary>
    private IEnumerable<string> FilesOfEarlierRun()
    {
        if (!HoldsRun(_path))
            return [PairsPath];
        // Its copy of the output has the output's ending, which need not be this run's.
        string? output = EarlierRun.Read(RecordPath)?.Output?.Path;
        IEnumerable<string> copy = output is not null && ImageFile.HasWritableName(output) ? [OutputIn(_path, output)] : [];
        return [.. copy, .. RecordsIn(_path)];
    }

    /// <summary>The state in which an earlier process left this run; null where there is none.</summary>
    /// <exception cref="FileException">The file is damaged, cannot be read, or is of another run.</exception>
    public TrainingCheckpoint? ReadCheckpoint(RunIdentity identity)
    {
        if (!File.Exists(CheckpointPath))
            return null;
        try
        {
            using FileStream stream = SourceFile.Open(CheckpointPath, "a checkpoint");
            TrainingCheckpoint checkpoint = TrainingCheckpoint.Read(stream);
            checkpoint.RequireSameRun(identity);
            return checkpoint;
        }
        catch (Exception failure)
            when (failure is FileException or SafetensorsException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new FileException(
                CheckpointPath,
                $"cannot resume from {CheckpointPath}: {failure.Message} With --force instead of --resume the run starts again.",
                failure);
        }
    }

    /// <summary>What an earlier process left of this run; null where there is nothing, or it is of another run or output.</summary>
    public EarlierRun? ReadEarlier(RunIdentity identity, string output) =>
        EarlierRun.Read(RecordPath) is { } earlier && earlier.IsOf(identity, output) ? earlier : null;

    /// <summary>
    /// Writes the state of the training; but while it goes on, not before the first pairs are written: a process that resumes it would only
    /// see later ones.
    /// </summary>
    /// <param name="checkpoint">The state.</param>
    /// <param name="pairs">The first pairs so far.</param>
    /// <param name="hasEnded">Whether there will be no more pairs.</param>
    public void Save(TrainingCheckpoint checkpoint, PairGallery pairs, bool hasEnded)
    {
        if (hasEnded)
            SavePairs(pairs);
        if (hasEnded || _hasPairs)
            AtomicFile.Write(CheckpointPath, checkpoint.Write);
    }

    public void Save(RunRecord record) =>
        AtomicFile.Write(RecordPath, stream => JsonSerializer.Serialize(stream, record, RunRecord.Json(indented: true)));

    /// <summary>Writes the run's copy of its output.</summary>
    public void SaveOutput(string output, Picture picture, WritingOptions options) =>
        ImageFile.Write(OutputIn(_path, output), picture, options);

    /// <summary>Writes <c>comparison.png</c>.</summary>
    public void SaveComparison(Picture picture) => ImageFile.Write(Path.Combine(_path, ComparisonName), picture);

    /// <summary>Writes <c>pairs.png</c>, unless an earlier process has: its pairs are the run's first ones.</summary>
    public void SavePairs(PairGallery pairs)
    {
        if (_hasPairs || pairs.Draw() is not { } drawn)
            return;
        ImageFile.Write(PairsPath, drawn);
        _hasPairs = true;
    }

    /// <summary>Writes <c>loss.csv</c> and <c>loss.svg</c>, all stages after one another.</summary>
    /// <param name="title">What was trained and how, for the chart.</param>
    /// <param name="histories">One for each training.</param>
    public void SaveLosses(string title, IReadOnlyList<TrainingHistory> histories)
    {
        AtomicFile.Write(Path.Combine(_path, CsvName), stream => stream.Write(Encoding.UTF8.GetBytes(Csv(histories))));
        var losses = new List<double>();
        var drops = new List<RateDrop>();
        var psnr = new List<CurvePoint>();
        foreach (TrainingHistory history in histories)
        {
            int start = losses.Count;
            losses.AddRange(history.Losses);
            psnr.AddRange(history.ReconstructionErrors.Select(error => new CurvePoint(start + error.Iteration, error.Psnr)));
            drops.AddRange(Drops(history).Select(drop => drop with { Iteration = start + drop.Iteration }));
        }

        string svg = LossChart.Svg(title, losses, drops, psnr);
        AtomicFile.Write(Path.Combine(_path, ChartName), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
    }

    /// <summary>The changes of rate worth a mark: a policy that changes it at every iteration has none.</summary>
    public static IEnumerable<RateDrop> Drops(TrainingHistory history) =>
        history.Rates.Count <= Math.Max(history.Losses.Count / 10, 1)
            ? history.Rates.Skip(1).Select(rate => new RateDrop(rate.Iteration, rate.LearningRate)) : [];

    private static string Csv(IReadOnlyList<TrainingHistory> histories)
    {
        var text = new StringBuilder("stage,iteration,loss,learning_rate,reconstruction_psnr\n");
        for (int stage = 0; stage < histories.Count; stage++)
        {
            TrainingHistory history = histories[stage];
            var errors = history.ReconstructionErrors.ToDictionary(error => error.Iteration, error => error.Psnr);
            int change = -1;
            for (int i = 0; i < history.Losses.Count; i++)
            {
                while (change + 1 < history.Rates.Count && history.Rates[change + 1].Iteration <= i)
                    change++;
                string psnr = errors.TryGetValue(i, out double value) ? value.ToString("F4", CultureInfo.InvariantCulture) : "";
                double rate = history.Rates[change].LearningRate;
                text.Append(CultureInfo.InvariantCulture, $"{stage + 1},{i},{history.Losses[i]:R},{rate:R},{psnr}\n");
            }
        }

        return text.ToString();
    }
}
