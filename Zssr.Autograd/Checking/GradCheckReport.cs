using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>One entry of a Jacobian, computed in two ways.</summary>
/// <param name="Input">Which input, counted from 0.</param>
/// <param name="InputIndex">Where in that input, an index for each axis.</param>
/// <param name="OutputIndex">Where in the output, an index for each axis.</param>
/// <param name="Numeric">∂output/∂input by central differences.</param>
/// <param name="Analytic">∂output/∂input by the backward pass.</param>
/// <param name="Tolerance">How far apart they may be.</param>
public sealed record GradCheckEntry(
    int Input, IReadOnlyList<int> InputIndex, IReadOnlyList<int> OutputIndex, double Numeric, double Analytic, double Tolerance)
{
    /// <summary>How far apart they are; infinite where one is NaN or infinite.</summary>
    public double Error => double.IsFinite(Numeric) && double.IsFinite(Analytic) ? Math.Abs(Numeric - Analytic) : double.PositiveInfinity;

    /// <summary>Error as a share of what is allowed; above 1 the check fails.</summary>
    public double Severity => SeverityOf(Numeric, Analytic, Tolerance);

    /// <summary>A number that is not finite says nothing about the other, so it always fails, even against an infinite tolerance.</summary>
    internal static double SeverityOf(double numeric, double analytic, double tolerance) =>
        double.IsFinite(numeric) && double.IsFinite(analytic) ? Math.Abs(numeric - analytic) / tolerance : double.PositiveInfinity;

    /// <summary>All of it in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"input {Input} at [{string.Join(", ", InputIndex)}], output at [{string.Join(", ", OutputIndex)}]: "
        + $"numeric {Numeric:G9}, analytic {Analytic:G9}, apart {Error:G3}, allowed {Tolerance:G3}");
}

/// <summary>What a gradient check found.</summary>
/// <param name="Passed">Whether every entry was within its tolerance.</param>
/// <param name="EntriesChecked">How many entries of the Jacobian were compared.</param>
/// <param name="EntriesFailed">How many were too far apart.</param>
/// <param name="Worst">The entry that is worst in terms of its tolerance; null where there was nothing to compare.</param>
/// <param name="Problem">What stood in the way of comparing, such as an input without a gradient; null where nothing did.</param>
public sealed record GradCheckReport(bool Passed, int EntriesChecked, int EntriesFailed, GradCheckEntry? Worst, string? Problem = null)
{
    /// <summary>The verdict, and the worst entry.</summary>
    public override string ToString()
    {
        string verdict = Problem ?? (Passed
            ? $"gradients are right: {EntriesChecked} entries agree"
            : $"gradients are wrong: {EntriesFailed} of {EntriesChecked} entries are too far apart");
        return Worst is null ? verdict : $"{verdict}\n  worst: {Worst}";
    }

    /// <summary>The index along each axis of an element, from its place in the flat order.</summary>
    internal static int[] Unravel(int flat, Shape shape)
    {
        var index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
            (flat, index[axis]) = Math.DivRem(flat, shape[axis]);
        return index;
    }
}
