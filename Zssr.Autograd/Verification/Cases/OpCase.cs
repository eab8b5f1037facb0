using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>
/// One op at one set of inputs, with its value by an independent float64 reference. From the list of cases come the parity checks
/// on every device, the gradient checks, and the self-test of a user's own device.
/// </summary>
public sealed record OpCase
{
    /// <summary>A case of an op that is differentiated.</summary>
    /// <param name="op">The op's name, such as <c>conv2d</c>.</param>
    /// <param name="variant">What is special about this case, such as <c>stride 2</c>.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="function">The op on variables.</param>
    /// <param name="reference">The op in plain float64.</param>
    public OpCase(
        string op, string variant, IReadOnlyList<HostArray> inputs,
        Func<IReadOnlyList<Variable>, Variable> function, Func<IReadOnlyList<HostArray>, HostArray> reference)
        : this(op, variant, inputs, tensors => RunWithoutGradient(function, tensors), reference) => Function = function;

    /// <summary>A case of an op that has no gradient, or whose gradient other cases check.</summary>
    public OpCase(
        string op, string variant, IReadOnlyList<HostArray> inputs,
        Func<IReadOnlyList<Tensor>, Tensor> run, Func<IReadOnlyList<HostArray>, HostArray> reference) =>
        (Op, Variant, Inputs, Run, Reference) = (op, variant, inputs, run, reference);

    /// <summary>A case of a differentiated op with one input.</summary>
    internal static OpCase Of(
        string op, string variant, HostArray x, Func<Variable, Variable> function, Func<HostArray, HostArray> reference) =>
        new(op, variant, [x], v => function(v[0]), h => reference(h[0]));

    /// <summary>A case of a differentiated op with two inputs.</summary>
    internal static OpCase Of(
        string op, string variant, HostArray x, HostArray y,
        Func<Variable, Variable, Variable> function, Func<HostArray, HostArray, HostArray> reference) =>
        new(op, variant, [x, y], v => function(v[0], v[1]), h => reference(h[0], h[1]));

    /// <summary>The op's name.</summary>
    public string Op { get; }

    /// <summary>What is special about this case.</summary>
    public string Variant { get; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<HostArray> Inputs { get; }

    /// <summary>Runs the op on tensors; the result is the caller's.</summary>
    public Func<IReadOnlyList<Tensor>, Tensor> Run { get; }

    /// <summary>The op in plain float64.</summary>
    public Func<IReadOnlyList<HostArray>, HostArray> Reference { get; }

    /// <summary>The op on variables; null where no gradient is to be checked.</summary>
    public Func<IReadOnlyList<Variable>, Variable>? Function { get; private init; }

    /// <summary>Whether gradients are checked at these inputs. Not where they are infinite, NaN, or at a kink.</summary>
    public bool ChecksGradient { get; init; } = true;

    /// <summary>Whether this case belongs to the short self-test that runs by itself on the first use of a device.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Allowed relative difference in float32.</summary>
    public double Tolerance32 { get; init; } = 2e-6;

    /// <summary>Allowed relative difference in float64.</summary>
    public double Tolerance64 { get; init; } = 1e-13;

    /// <summary>
    /// What differences are relative to: each element by itself, or the largest element of the result, as befits sums, whose
    /// terms may cancel.
    /// </summary>
    public bool IsSum { get; init; }

    /// <summary>Whether a device can run the case at all; a kernel may need larger work-groups than it has.</summary>
    public Func<Device, bool> Fits { get; init; } = _ => true;

    /// <summary>The same case, part of the short self-test.</summary>
    public OpCase Quick() => this with { IsQuick = true };

    /// <summary>The same case, without a gradient check, because the inputs are where the gradient is not defined.</summary>
    public OpCase WithoutGradientCheck() => this with { ChecksGradient = false };

    /// <summary>The same case, whose elements are sums of many terms: differences are relative to the largest element.</summary>
    public OpCase Sum(double tolerance32 = 2e-6) => this with { IsSum = true, Tolerance32 = tolerance32, Tolerance64 = 1e-12 };

    /// <summary><c>conv2d, stride 2</c>.</summary>
    public override string ToString() => Variant.Length == 0 ? Op : $"{Op}, {Variant}";

    private static Tensor RunWithoutGradient(Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> tensors)
    {
        using var tape = new Tape();
        using (tape.NoGradient())
            return function([.. tensors.Select(tape.Constant)]).Value.Share();
    }
}
