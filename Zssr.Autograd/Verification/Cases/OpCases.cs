namespace Zssr.Autograd.Verification;

/// <summary>Every op at ordinary, odd, tiny and extreme inputs: the one list from which all checks of ops come.</summary>
public static class OpCases
{
    /// <summary>All cases, ops in the order of the documentation.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. ElementwiseCases.All(),
        .. ReductionCases.All(),
        .. AxisCases.All(),
        .. MatMulCases.All(),
        .. Conv2dCases.All(),
        .. MovementCases.All(),
        .. ResizeCases.All(),
        .. LossCases.All(),
    ];

    /// <summary>The cases of the short self-test.</summary>
    public static IReadOnlyList<OpCase> Quick { get; } = [.. All.Where(opCase => opCase.IsQuick)];
}
