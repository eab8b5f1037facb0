namespace Zssr.Autograd;

/// <summary>
/// The tape remembers tensors, not copies. Here a backward pass is kept from taking numbers for what a function was given, or has given,
/// when they were written over since.
/// </summary>
internal static class ChangedInPlace
{
    /// <summary>
    /// Throws where an input was not, when the function was applied, what another function had computed: gradients would flow on to that
    /// function, which had no part in the change.
    /// </summary>
    public static void ThrowIfChangedBefore(Function function, int input, long version)
    {
        Variable x = function.Inputs[input];
        if (x.Source is null || x.VersionWhenMade == version)
            return;
        throw new GraphException(
            $"backward: {FunctionText.Input(function, input)} of {FunctionText.Of(function)}, a tensor {x.Shape}"
            + $"{FunctionText.Origin(x)} was changed in place before {function.Name} was applied: it was version {x.VersionWhenMade} when it "
            + $"was computed, and version {version} then. No gradient can flow through a change in place. Compute the new value with a "
            + "function, or use variable.Detach().");
    }

    /// <summary>What is wrong where a backward pass reads a value that is no longer the remembered one.</summary>
    /// <param name="function">The function whose backward pass it is.</param>
    /// <param name="variable">An input or output of the function.</param>
    /// <param name="remembered">Its version when the function was applied.</param>
    public static GraphException Error(Function function, Variable variable, long remembered) => new(
        $"backward: {FunctionText.Of(function)} needs {Role(function, variable)}, a tensor {variable.Shape}{Origin(function, variable)} "
        + $"as it was when {function.Name} was applied, but it was changed in place since: it was version {remembered} then, and is version "
        + $"{variable.Version} now. Go backward before you change it, or give the tape a copy: tensor.To(tensor.DType)."
        + (function.Line is null ? " With new Tape { RemembersLines = true } this message names lines." : ""));

    private static string Role(Function function, Variable variable)
    {
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            if (ReferenceEquals(function.Inputs[i], variable))
                return "its " + FunctionText.Input(function, i);
        }

        return "its output";
    }

    private static string Origin(Function function, Variable variable) =>
        ReferenceEquals(variable.Source, function) ? "" : FunctionText.Origin(variable);
}
