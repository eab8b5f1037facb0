namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether an input's gradient stays the same where others need none. A backward pass may skip what nobody needs, and may then miss what the
/// rest of it was computed from.
/// </summary>
internal static class InputSubsets
{
    private const double Relative = 1e-9, RelativeInFloat32 = 1e-4, Floor = 1e-12, FloorInFloat32 = 1e-5;

    // Every subset of five inputs makes 30 further runs; of three, six.
    private const int MostForEverySubset = 5, FewInputs = 3;

    /// <summary>The gradients that change if fewer inputs need one; one sentence for each input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="u">An output gradient.</param>
    /// <param name="gradients">Its gradients where all of the function's inputs need theirs.</param>
    /// <param name="options">The mode: the full one tries every subset also of more than three; and how far equal passes may be apart.</param>
    public static IReadOnlyList<string> Broken(CheckedFunction function, double[] u, double[]?[] gradients, GradCheckOptions options)
    {
        int[] needing = [.. Enumerable.Range(0, function.Inputs.Count).Where(i => function.Inputs[i].NeedsGradient)];
        if (needing.Length < 2 || !function.AllowsConstants)
            return [];
        var broken = new Dictionary<int, string>();
        foreach (int[] subset in Subsets(needing, options.Mode == GradCheckMode.Full || needing.Length <= FewInputs))
        {
            foreach ((int input, string sentence) in OfSubset(function, subset, u, gradients, options.NondeterminismTolerance))
                broken.TryAdd(input, sentence);
        }

        return [.. broken.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    private static IEnumerable<(int Input, string Sentence)> OfSubset(
        CheckedFunction function, int[] subset, double[] u, double[]?[] gradients, double tolerance)
    {
        bool isSingle = function.Inputs.Any(input => input.Tensor.DType == Tensors.DType.Float32);
        (double share, double floor) = isSingle ? (RelativeInFloat32, FloorInFloat32) : (Relative, Floor);
        string without = string.Join(
            " and ", function.Inputs.Where((input, i) => input.NeedsGradient && !subset.Contains(i)).Select(input => input.Name));
        Recording recording;
        try
        {
            recording = function.Record([.. Enumerable.Range(0, function.Inputs.Count).Select(subset.Contains)]);
        }
        catch (GraphException)
        {
            // It differentiates by an input itself, which must not be a constant then.
            yield break;
        }

        using (recording)
        {
            double[]?[] alone = [];
            string? failure = null;
            try
            {
                alone = recording.Gradients(u);
            }
            catch (Exception problem) when (BackwardContract.IsOfBackwardPass(problem))
            {
                failure = $"where {without} needs no gradient, {BackwardContract.TextOf(problem)}";
            }

            if (failure is not null)
                yield return (subset[0], failure);
            foreach (int i in failure is null ? subset : [])
            {
                CheckedInput input = function.Inputs[i];
                if (GradientDifference.Describe(input, alone[i], gradients[i], share, share, floor + tolerance) is { } difference)
                {
                    yield return (i, $"{input.Name} gets another gradient where {without} needs none: {difference}. "
                        + "A backward pass may leave out only the gradients that are not needed");
                }
            }
        }
    }

    /// <summary>All subsets but the empty one and the whole; of many inputs, those of one and of all but one.</summary>
    private static IEnumerable<int[]> Subsets(int[] all, bool isThorough)
    {
        if (isThorough && all.Length <= MostForEverySubset)
        {
            return Enumerable.Range(1, (1 << all.Length) - 2)
                .Select(set => all.Where((_, k) => (set >> k & 1) != 0).ToArray())
                .OrderBy(subset => subset.Length);
        }

        IEnumerable<int[]> alone = all.Select(i => (int[])[i]);
        return isThorough ? alone.Concat(all.Select(left => all.Where(i => i != left).ToArray())) : alone;
    }
}
