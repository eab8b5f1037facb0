namespace Zssr.Autograd.Checking;

/// <summary>A function that was met on a tape, taken out of it: the same operation at the same values, checked by itself.</summary>
internal static class IsolatedFunction
{
    /// <summary>The function by itself. The tape that it is on must live as long.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">Step and tolerances for each of its inputs.</param>
    public static CheckedFunction Of(Function function, GradCheckOptions options)
    {
        IReadOnlyList<CheckedInput> inputs =
        [
            .. function.Inputs.Select((input, i) =>
                CheckedInput.Of(new GradCheckInput(input.Value) { NeedsGradient = input.RequiresGradient }, $"its input {i}", options)),
        ];
        return new CheckedFunction(variables => [function.Replay(variables)], inputs, ["its output"]);
    }

    /// <summary>What is added to a mistake that is none where each input is a variable of its own.</summary>
    public const string EachUse = ". Where each input is a variable of its own it is right: each use of a variable must bring its own gradient";

    /// <summary>The same where one variable stays one, if the function was applied to it more than once; null otherwise.</summary>
    public static CheckedFunction? WithSharedInputs(Function function, GradCheckOptions options)
    {
        Variable[] distinct = [.. function.Inputs.Distinct()];
        if (distinct.Length == function.Inputs.Count)
            return null;
        int[] which = [.. function.Inputs.Select(input => Array.IndexOf(distinct, input))];
        IReadOnlyList<CheckedInput> inputs =
        [
            .. distinct.Select((input, k) => CheckedInput.Of(
                new GradCheckInput(input.Value) { NeedsGradient = input.RequiresGradient },
                Uses([.. Enumerable.Range(0, which.Length).Where(i => which[i] == k)]), options)),
        ];
        return new CheckedFunction(variables => [function.Replay([.. which.Select(k => variables[k])])], inputs, ["its output"]);

        static string Uses(int[] numbers) => numbers.Length == 1
            ? $"its input {numbers[0]}" : $"the variable that is its inputs {string.Join(" and ", numbers)}";
    }

    /// <summary>Says so where the same variable is another input too.</summary>
    public static string SharedUse(Function function, int input)
    {
        if (input >= function.Inputs.Count)
            return "";
        int[] others =
        [
            .. Enumerable.Range(0, function.Inputs.Count)
                .Where(i => i != input && ReferenceEquals(function.Inputs[i], function.Inputs[input])),
        ];
        return others.Length == 0
            ? "" : $". The same variable is its input {string.Join(" and ", others)}, too: each use must bring its own gradient";
    }
}
