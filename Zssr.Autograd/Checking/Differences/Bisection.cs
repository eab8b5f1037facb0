namespace Zssr.Autograd.Checking;

/// <summary>
/// Finds a wrong entry of a Jacobian from a direction along which the derivative is wrong. The direction is halved, and the half with the
/// larger error followed: log₂ n steps of two evaluations lead to an element, and log₂ m backward passes to an output number.
/// </summary>
internal static class Bisection
{
    /// <summary>Finds an entry and notes it, if its own error is too large.</summary>
    public static void Locate(CheckedFunction function, FailedDirection failed, GradCheckOptions options, Findings findings)
    {
        CheckedInput input = function.Inputs[failed.Input];
        int element = WrongElement(function, failed);
        using Recording recording = function.Record();
        FiniteDifference column = FiniteDifference.By(
            function, failed.Input, element, recording.Values(), Observation.OfEach(function));
        int output = WrongOutput(function, recording, failed, element, column);
        double gradient = recording.GradientsOf(output)[failed.Input]?[element] ?? 0;
        double size = options.ToleranceFollowsSize ? Math.Min(1, Math.Max(Math.Abs(gradient), Math.Abs(column.Slope(output)))) : 1;
        Verdict verdict = column.Judge(output, gradient, size);
        if (verdict.IsKink || !(GradCheckEntry.SeverityOf(verdict.Numeric, gradient, verdict.Allowed) > 1))
            return;
        (string name, int[]? index) = Observation.OfEach(function).Place(output);
        findings.Compare(
            input.Name, verdict.Numeric, gradient, verdict.Allowed, column.Noise(output),
            () => new GradCheckEntry(
                input.Name, Elements.Index(element, input.Shape), input.Values[element], name, index, verdict.Numeric, gradient,
                verdict.Allowed));
    }

    private static int WrongElement(CheckedFunction function, FailedDirection failed)
    {
        CheckedInput input = function.Inputs[failed.Input];
        Observation observation = Observation.OfSum(function, failed.Weights);
        return Halve(failed.Direction.Length, failed.Error, (first, count) =>
        {
            double[] part = Masked(failed.Direction, first, count);
            double above = observation.Of(function.Evaluate(failed.Input, Directions.Moved(input, part, input.Epsilon)))[0];
            double below = observation.Of(function.Evaluate(failed.Input, Directions.Moved(input, part, -input.Epsilon)))[0];
            return (above - below) / (2 * input.Epsilon) - Directions.Along(failed.Gradient, part);
        });
    }

    private static int WrongOutput(
        CheckedFunction function, Recording recording, FailedDirection failed, int element, FiniteDifference column)
    {
        double[] numeric = [.. Enumerable.Range(0, function.OutputCount).Select(o => function.IsFinite(o) ? column.Slope(o) : 0)];
        double Error(int first, int count)
        {
            double[] part = Masked(failed.Weights, first, count);
            return part.Zip(numeric, (u, slope) => u * slope).Sum() - (recording.Gradients(part)[failed.Input]?[element] ?? 0);
        }

        return Halve(function.OutputCount, Error(0, function.OutputCount), Error);
    }

    /// <summary>Follows the larger of two errors that add up to the known one.</summary>
    private static int Halve(int count, double error, Func<int, int, double> errorOf)
    {
        int first = 0;
        while (count > 1)
        {
            double ofFirst = errorOf(first, count / 2), ofSecond = error - ofFirst;
            // An error that is no number is somewhere, and is found by looking where it is not.
            bool isFirst = !double.IsFinite(ofFirst) || Math.Abs(ofFirst) >= Math.Abs(ofSecond);
            (first, count, error) = isFirst ? (first, count / 2, ofFirst) : (first + count / 2, count - count / 2, ofSecond);
        }

        return first;
    }

    private static double[] Masked(double[] values, int first, int count)
    {
        var part = new double[values.Length];
        Array.Copy(values, first, part, first, count);
        return part;
    }
}
