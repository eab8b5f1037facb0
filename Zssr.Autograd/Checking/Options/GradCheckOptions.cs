using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>How gradients are checked. Step and tolerances are by default those of PyTorch's <c>gradcheck</c>.</summary>
public sealed record GradCheckOptions
{
    /// <summary>What is compared: every entry of the Jacobian, random directions, or a sample of elements.</summary>
    public GradCheckMode Mode { get; init; } = GradCheckMode.Full;

    /// <summary>What the backward pass is compared with.</summary>
    public GradCheckReference Reference { get; init; } = GradCheckReference.Differences;

    /// <summary>1: check the gradients. 2: check them, and then the gradients of the gradients. 3: and then those of these.</summary>
    public int Order { get; init; } = 1;

    /// <summary>ε: an input is moved by this much, down and up.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Absolute difference that is allowed.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>Relative difference that is allowed, as a share of the numeric value.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>How far results of two equal runs may be apart; 0 asks for the same bits.</summary>
    public double NondeterminismTolerance { get; init; }

    /// <summary>
    /// How many times each backward pass is run to see that it gives the same again, at least 2: every row of the Jacobian in
    /// <see cref="GradCheckMode.Full"/>, and one random output gradient in the other modes. Raise it for what differs only now and then,
    /// such as a sum by atomics.
    /// </summary>
    public int Repeats { get; init; } = 2;

    /// <summary>
    /// Whether <see cref="AbsoluteTolerance"/> shrinks with the derivatives: where the largest one of an output, or by an element, is s &lt; 1,
    /// it is s times as much. Otherwise derivatives far below it, as of a mean over an image, would pass whatever the gradient is.
    /// </summary>
    public bool ToleranceFollowsSize { get; init; } = true;

    /// <summary>The largest share of an input's elements that may lie at kinks and so be left out, 0 to 1.</summary>
    public double LargestKinkShare { get; init; } = 0.1;

    /// <summary>Random directions of <see cref="GradCheckMode.Projected"/>, at least 3.</summary>
    public int Directions { get; init; } = 3;

    /// <summary>Elements of <see cref="GradCheckMode.Sampled"/>, of all inputs together; each input gets at least one.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Which random directions, weights and elements.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Where the float64 twin runs, for a device without float64; null: on the inputs' own device. Only for
    /// <see cref="GradCheckReference.Float64Twin"/>.
    /// </summary>
    public Device? TwinDevice { get; init; }

    /// <summary>Throws where a value is outside its range.</summary>
    internal void Validate()
    {
        Require(Order is >= 1 and <= 3, $"order {Order} was requested; it must be 1, 2 or 3");
        Require(
            Order < 3 || Reference == GradCheckReference.Differences,
            "order 3 was requested of float32 against float64; there it must be 1 or 2");
        Require(Enum.IsDefined(Mode), $"mode {Mode} was requested; the modes are {string.Join(", ", Enum.GetNames<GradCheckMode>())}");
        Require(
            Enum.IsDefined(Reference),
            $"reference {Reference} was requested; the references are {string.Join(", ", Enum.GetNames<GradCheckReference>())}");
        RequireStep(Epsilon, "the options");
        RequireTolerance(AbsoluteTolerance, "the options");
        RequireTolerance(RelativeTolerance, "the options");
        RequireTolerance(NondeterminismTolerance, "the options");
        Require(LargestKinkShare is >= 0 and <= 1, $"a kink share of {LargestKinkShare} was given; it must be between 0 and 1");
        Require(Directions >= 3, $"{Directions} directions were requested; give at least 3, because one may miss an error by chance");
        Require(Repeats >= 2, $"{Repeats} repeats were requested; give at least 2, because a single pass cannot differ from itself");
        Require(Samples >= 1, $"{Samples} samples were requested; give at least 1");
    }

    /// <summary>Throws where ε is not a positive number.</summary>
    internal static void RequireStep(double epsilon, string where) =>
        Require(double.IsFinite(epsilon) && epsilon > 0, $"an epsilon of {epsilon} was given in {where}; it must be a number above 0");

    /// <summary>Throws where a tolerance is negative or not a number.</summary>
    internal static void RequireTolerance(double tolerance, string where) =>
        Require(tolerance >= 0, $"a tolerance of {tolerance} was given in {where}; it must be 0 or more");

    private static void Require(bool isRight, string what)
    {
        if (!isRight)
            throw new GradCheckException($"gradient check: {what}.");
    }
}
