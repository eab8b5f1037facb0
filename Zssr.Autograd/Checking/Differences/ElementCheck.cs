namespace Zssr.Autograd.Checking;

/// <summary>
/// Compares derivatives by single elements of the inputs: all elements and each output number by itself in
/// <see cref="GradCheckMode.Full"/>, some elements and weighted sums of outputs in <see cref="GradCheckMode.Sampled"/>.
/// </summary>
internal static class ElementCheck
{
    private const long LargestJacobian = 1 << 25;
    private const int SumsOfSample = 3;

    /// <summary>Whether every entry of the Jacobian can be held.</summary>
    public static bool FitsFullMode(CheckedFunction function) => JacobianEntries(function) <= LargestJacobian;

    /// <summary>Every entry of the Jacobian.</summary>
    public static void All(CheckedFunction function, GradCheckOptions options, Findings findings)
    {
        if (!FitsFullMode(function))
        {
            throw new GradCheckException(
                $"gradient check: {CheckedElements(function)} input elements and {function.OutputCount} output elements make a Jacobian of "
                + $"{JacobianEntries(function)} entries; the full mode takes up to {LargestJacobian}. "
                + "Use smaller tensors, or the mode Projected or Sampled.");
        }

        Run(function, Observation.OfEach(function), AllElements(function), options, findings);
    }

    /// <summary>A number of elements chosen at random, each input's share in proportion to its size.</summary>
    public static void Sample(CheckedFunction function, int count, GradCheckOptions options, Random random, Findings findings)
    {
        double total = CheckedElements(function);
        int[]?[] chosen =
        [
            .. function.Inputs.Select(input => input.NeedsGradient
                ? Choose(input.Values.Length, Math.Max(1, (int)Math.Round(count * input.Values.Length / total)), random) : null),
        ];
        Run(function, Observation.OfSums(function, SumsOfSample, random), chosen, options, findings);
    }

    /// <summary>How many elements all inputs have that need a gradient.</summary>
    public static long CheckedElements(CheckedFunction function) =>
        function.Inputs.Where(input => input.NeedsGradient).Sum(input => (long)input.Values.Length);

    private static long JacobianEntries(CheckedFunction function) => CheckedElements(function) * function.OutputCount;

    private static int[]?[] AllElements(CheckedFunction function) =>
        [.. function.Inputs.Select(input => input.NeedsGradient ? Enumerable.Range(0, input.Values.Length).ToArray() : null)];

    private static int[] Choose(int elements, int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, elements)];
        random.Shuffle(order);
        return [.. order.Take(count).Order()];
    }

    private static void Run(
        CheckedFunction function, Observation observation, int[]?[] elements, GradCheckOptions options, Findings findings)
    {
        using Recording recording = function.Record();
        double[] centre = recording.Values();
        double[]?[][] analytic = Rows.Of(function, recording, observation, elements, options, findings);
        var sizes = new DerivativeSizes(analytic, function.Inputs.Count, options.ToleranceFollowsSize);
        for (int input = 0; input < elements.Length; input++)
        {
            // Of an element that is infinite or NaN there are no differences.
            foreach (int element in (elements[input] ?? []).Where(element => double.IsFinite(function.Inputs[input].Values[element])))
                Compare(function, observation, centre, analytic, sizes, input, element, findings);
        }
    }

    /// <summary>Compares the derivatives of all observed quantities by one element.</summary>
    private static void Compare(
        CheckedFunction function, Observation observation, double[] centre, double[]?[][] analytic, DerivativeSizes sizes, int number,
        int element, Findings findings)
    {
        CheckedInput input = function.Inputs[number];
        FiniteDifference difference = FiniteDifference.By(function, number, element, centre, observation);
        double column = sizes.OfColumn(difference, number, element);
        findings.CountElement(input.Name);
        bool isKink = false;
        for (int j = 0; j < observation.Count; j++)
        {
            if (!observation.IsFinite(j))
                continue;
            double gradient = analytic[j][number]?[element] ?? 0;
            Verdict verdict = difference.Judge(j, gradient, sizes.Of(j, number, column));
            if (verdict.IsKink)
            {
                isKink = true;
                continue;
            }

            int quantity = j;
            if (verdict.SlopesBeside is { } beside)
                findings.AddOutside(input.KinkAt(element), gradient, beside.Low, beside.High);
            if (difference.IsSeen(j))
                findings.MarkSeen(input.Name);
            findings.Compare(
                input.Name, verdict.Numeric, gradient, verdict.Allowed, difference.Noise(j), () => Entry(quantity, verdict, gradient));
        }

        if (isKink)
            findings.AddKink(input.KinkAt(element), element);

        GradCheckEntry Entry(int quantity, Verdict verdict, double gradient)
        {
            (string output, int[]? index) = observation.Place(quantity);
            return new GradCheckEntry(
                input.Name, Elements.Index(element, input.Shape), input.Values[element], output, index, verdict.Numeric, gradient,
                verdict.Allowed);
        }
    }
}
