namespace Zssr.Nn;

/// <summary>
/// A training's history in a checkpoint: <c>history.STAGE.losses</c> [n], <c>….errors</c> and <c>….rates</c>, each row of which is an
/// iteration and a value, <c>….collapses</c>, in rows of an iteration and the number of the attempt, and <c>….divergences</c>, in rows
/// of the iteration at which one was found and the one to which the training went back.
/// </summary>
internal static class HistoryStore
{
    public static void Add(SafetensorsFile file, int stage, TrainingHistory history)
    {
        file.Add(Losses(stage), [history.Losses.Count], (double[])[.. history.Losses]);
        AddRows(file, Errors(stage), history.ReconstructionErrors.Select(error => (error.Iteration, error.MeanSquaredError)));
        AddRows(file, Rates(stage), history.Rates.Select(rate => (rate.Iteration, rate.LearningRate)));
        AddRows(file, Collapses(stage), history.Collapses.Select((iteration, attempt) => (iteration, (double)attempt)));
        AddRows(file, Divergences(stage), history.Divergences.Select(found => (found.FoundAt, (double)found.BackTo)));
    }

    /// <exception cref="CheckpointException">A part is missing or of another shape.</exception>
    public static TrainingHistory Read(SafetensorsFile file, int stage)
    {
        if (!file.Contains(Losses(stage)) || file.ShapeOf(Losses(stage)).Rank != 1)
            throw Damaged(Losses(stage));
        var history = new TrainingHistory(
            ReadRows(file, Collapses(stage)).Select(row => row.Iteration),
            ReadRows(file, Divergences(stage)).Select(row => row.Value >= 0 && row.Value <= row.Iteration
                ? new Divergence(row.Iteration, (int)row.Value) : throw Damaged(Divergences(stage))));
        foreach (double loss in file.Doubles(Losses(stage)))
            history.AddLoss(loss);
        foreach ((int iteration, double value) in ReadRows(file, Errors(stage)))
            history.AddError(new ReconstructionError(iteration, value));
        foreach ((int iteration, double value) in ReadRows(file, Rates(stage)))
        {
            if (!(value >= 0 && value <= TrainingSettings.LargestLearningRate))
                throw Damaged(Rates(stage));
            history.AddRate(iteration, value);
        }

        return history;
    }

    private static string Losses(int stage) => $"history.{stage}.losses";

    private static string Errors(int stage) => $"history.{stage}.errors";

    private static string Rates(int stage) => $"history.{stage}.rates";

    private static string Collapses(int stage) => $"history.{stage}.collapses";

    private static string Divergences(int stage) => $"history.{stage}.divergences";

    private static void AddRows(SafetensorsFile file, string name, IEnumerable<(int Iteration, double Value)> rows)
    {
        double[] elements = [.. rows.SelectMany(row => new[] { row.Iteration, row.Value })];
        file.Add(name, [elements.Length / 2, 2], elements);
    }

    private static IEnumerable<(int Iteration, double Value)> ReadRows(SafetensorsFile file, string name)
    {
        if (!file.Contains(name) || file.ShapeOf(name).Rank != 2 || file.ShapeOf(name)[1] != 2)
            throw Damaged(name);
        double[] elements = file.Doubles(name);
        for (int i = 0; i < elements.Length; i += 2)
        {
            if (!(elements[i] >= 0 && elements[i] <= int.MaxValue))
                throw Damaged(name);
            yield return ((int)elements[i], elements[i + 1]);
        }
    }

    private static CheckpointException Damaged(string name) =>
        new($"checkpoint: '{name}' is missing or not a table of iterations and values. The file is damaged; start again.");
}
