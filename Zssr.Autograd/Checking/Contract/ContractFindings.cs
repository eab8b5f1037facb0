namespace Zssr.Autograd.Checking;

/// <summary>What a function and its backward pass break, beside single numbers.</summary>
/// <param name="Problems">It in sentences.</param>
/// <param name="HasGradients">Whether there are gradients to compare at all.</param>
internal sealed record ContractFindings(IReadOnlyList<string> Problems, bool HasGradients)
{
    /// <summary>Those of the problems that a single function on the tape is to blame for.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>The inputs that need a gradient and get none, which counts as zero.</summary>
    public IReadOnlyList<CheckedInput> InputsWithout { get; init; } = [];

    /// <summary>Adds to a report what was found of numbers, and says which of the inputs found wrong get no gradient.</summary>
    /// <param name="report">Has what was found before.</param>
    /// <param name="findings">What was found of numbers.</param>
    /// <param name="options">How large a share may lie at kinks.</param>
    public GradCheckReport AddTo(GradCheckReport report, Findings findings, GradCheckOptions options) =>
        findings.AddTo(report with { Problems = [.. report.Problems, .. MissingAmong(findings.FailedInputs)] }, options);

    private IEnumerable<string> MissingAmong(IReadOnlySet<string> failed) =>
        InputsWithout.Where(input => failed.Contains(input.Name)).Select(input =>
            $"{input.Name} gets no gradient at all, although the outputs change with it: it is cut off by Detach(), Constant() "
            + "or NoGradient(), or a backward pass returns null for it");
}
