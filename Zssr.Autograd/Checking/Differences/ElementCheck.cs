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
    public static void All(CheckedFunction function, Findings findings)
    {
        if (!FitsFullMode(function))
        {
            throw new GradCheckException(
                $"gradient check: {CheckedElements(function)} input elements and {function.OutputCount} output elements make a Jacobian of "
                + $"{JacobianEntries(function)} entries; the full mode takes up to {LargestJacobian}. "
                + "Use smaller tensors, or the mode Projected or Sampled.");
        }

        Run(function, Observation.OfEach(function), AllElements(function), findings);
    }

    /// <summary>Every element, but weighted sums of the outputs: for Jacobians that are too large.</summary>
    public static void AllOfSums(CheckedFunction function, Random random, Findings findings) =>
        Run(function, Observation.OfSums(function, SumsOfSample, random), AllElements(function), findings);

    /// <summary>A number of elements chosen at random, each input's share in proportion to its size.</summary>
    public static void Sample(CheckedFunction function, int count, Random random, Findings findings)
    {
        double total = CheckedElements(function);
        int[]?[] chosen =
        [
            .. function.Inputs.Select(input => input.NeedsGradient
                ? Choose(input.Values.Length, Math.Max(1, (int)Math.Round(count * input.Values.Length / total)), random) : null),
        ];
        Run(function, Observation.OfSums(function, SumsOfSample, random), chosen, findings);
    }

    private static long CheckedElements(CheckedFunction function) =>
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

    private static void Run(CheckedFunction function, Observation observation, int[]?[] elements, Findings findings)
    {
        double[] centre;
        var analytic = new double[]?[observation.Count][];
        using (Recording recording = function.Record())
        {
            centre = recording.Values();
            for (int j = 0; j < analytic.Length; j++)
                analytic[j] = observation.Gradients(recording, j);
        }

        for (int input = 0; input < elements.Length; input++)
        {
            foreach (int element in elements[input] ?? [])
                Compare(function, observation, centre, analytic, input, element, findings);
        }
    }

    /// <summary>Compares the derivatives of all observed quantities by one element.</summary>
    private static void Compare(
        CheckedFunction function, Observation observation, double[] centre, double[]?[][] analytic, int number, int element,
        Findings findings)
    {
        CheckedInput input = function.Inputs[number];
        FiniteDifference difference = FiniteDifference.By(function, number, element, centre, observation);
        findings.CountElement(input.Name);
        bool isKink = false;
        for (int j = 0; j < observation.Count; j++)
        {
            double slope = difference.Slope(j), gradient = analytic[j][number]?[element] ?? 0, allowed = input.Allowed(slope);
            if (difference.IsKinkFor(j, gradient))
            {
                isKink = true;
                continue;
            }

            int quantity = j;
            findings.Compare(input.Name, slope, gradient, allowed, difference.Noise(j), () => Entry(quantity, slope, gradient, allowed));
        }

        if (isKink)
            findings.AddKink(new GradCheckKink(input.Name, Elements.Index(element, input.Shape), input.Values[element]));

        GradCheckEntry Entry(int quantity, double slope, double gradient, double allowed)
        {
            (string output, int[]? index) = observation.Place(quantity);
            return new GradCheckEntry(
                input.Name, Elements.Index(element, input.Shape), input.Values[element], output, index, slope, gradient, allowed);
        }
    }
}
