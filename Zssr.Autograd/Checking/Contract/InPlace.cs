namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether a function has changed what it was given, bit by bit. By itself it may be right all the same, but the tape remembers tensors,
/// not copies, and may give one gradient to several functions: in a computation, others read what it has changed.
/// </summary>
internal static class InPlace
{
    /// <summary>The inputs that are not what they were at first.</summary>
    /// <param name="function">The function, of which a pass was run.</param>
    /// <param name="pass">Which one.</param>
    public static IEnumerable<string> Inputs(CheckedFunction function, string pass) => function.Inputs
        .Where(input => !Elements.AreSameBits(input.Tensor.ToDoubles(), input.Values))
        .Select(input => Sentence(pass, input.Name));

    /// <summary>What a backward pass, whose output gradient was watched, has changed.</summary>
    /// <param name="function">The function.</param>
    /// <param name="recording">The run of it that went backward.</param>
    /// <param name="values">Its outputs before.</param>
    /// <param name="said">What is known already: inputs that the forward pass has changed are not found again.</param>
    public static IReadOnlyList<string> AfterBackward(
        CheckedFunction function, Recording recording, double[] values, IReadOnlyList<string> said)
    {
        var found = new List<string>();
        if (recording.ChangedOutputGradient)
            found.Add(Sentence("backward", "the output gradient"));
        if (!Elements.AreSameBits(recording.Values(), values))
            found.Add(Sentence("backward", "the output"));
        found.AddRange(function.Inputs
            .Where(input => !said.Contains(Sentence("forward", input.Name)))
            .Where(input => !Elements.AreSameBits(input.Tensor.ToDoubles(), input.Values))
            .Select(input => Sentence("backward", input.Name)));
        return found;
    }

    private static string Sentence(string pass, string what) => $"the {pass} pass changes {what} in place";
}
