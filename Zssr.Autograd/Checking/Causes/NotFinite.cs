using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Where on a tape values become infinite or NaN.</summary>
internal static class NotFinite
{
    /// <summary>Whether a function has such a value among its inputs or in its output.</summary>
    public static bool IsAt(Function function) =>
        function.Inputs.Any(input => Place(input.Value) >= 0) || Place(function.Output!.Value) >= 0;

    /// <summary>The first function that makes one of finite inputs, in words; null where there is none.</summary>
    public static string? Describe(Recording recording)
    {
        foreach (Function function in recording.Tape.Records)
        {
            int place = Place(function.Output!.Value);
            if (place < 0)
                continue;
            double value = function.Output.Value.ToDoubles()[place];
            string at = Elements.Text(Elements.Index(place, function.Output.Shape));
            double? from = function.Inputs.Count == 1 && function.Inputs[0].Shape == function.Output.Shape
                ? function.Inputs[0].Value.ToDoubles()[place] : null;
            return FormattableString.Invariant(
                $"{FunctionNames.Subject(function)}its output is the first on the tape that is not finite: {value} at {at}")
                + (from is null ? "" : FormattableString.Invariant($", from {from:G6}"));
        }

        return null;
    }

    private static int Place(Tensor value) => Array.FindIndex(value.ToDoubles(), x => !double.IsFinite(x));
}
