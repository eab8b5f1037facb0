using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>Finds the first function whose value or gradient is not finite; see <see cref="Tape.StopsAtNaN"/>.</summary>
internal static class FiniteCheck
{
    /// <summary>Throws where a function that has just been applied has given infinity or NaN.</summary>
    public static void Value(Function function, Tensor value)
    {
        if (IsFinite(value))
            return;
        // It is not on the tape yet, which would know the line.
        string at = SourceLine.OfCaller() is { } line ? $" ({line})" : "";
        throw new GraphException(
            $"{function.Name}{at}: its value {value.Shape} is {FirstOf(value)}. {Inputs(function)} (The tape stops at NaN.)");
    }

    /// <summary>Throws where a function has brought infinity or NaN to the gradient of an input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="dy">The gradients of its outputs.</param>
    /// <param name="input">The input.</param>
    /// <param name="product">What the function's Backward has given for it.</param>
    /// <param name="sum">The gradient of the input with it.</param>
    public static void Gradient(Function function, Variable[] dy, int input, Variable product, Variable sum)
    {
        if (IsFinite(sum.Value))
            return;
        bool isProduct = !IsFinite(product.Value);
        Tensor found = isProduct ? product.Value : sum.Value;
        string what = isProduct ? "the gradient" : "the sum of the gradients";
        string cause = Array.Find(dy, gradient => !IsFinite(gradient.Value)) is { } already
            ? $"The gradient of its output is {FirstOf(already.Value)} already."
            : $"{Inputs(function)} The gradient of its output is finite.";
        throw new GraphException(
            $"backward: {FunctionText.Of(function)}: {what} of {FunctionText.Input(function, input)} {found.Shape} is {FirstOf(found)}. "
            + $"{cause} (The tape stops at NaN.)");
    }

    /// <summary>Whether all elements are numbers. Σ 0 · x is 0 if they are, and NaN if not: one number leaves the device.</summary>
    private static bool IsFinite(Tensor x)
    {
        using Tensor zeros = Elementwise.Multiply(x, 0.0);
        using Tensor sum = Reduction.Sum(zeros);
        return sum.Item() == 0;
    }

    private static string Inputs(Function function)
    {
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            if (!IsFinite(function.Inputs[i].Value))
                return $"Its {FunctionText.Input(function, i)} is {FirstOf(function.Inputs[i].Value)} already.";
        }

        return "Its inputs are finite.";
    }

    /// <summary><c>NaN at [0, 3]</c>.</summary>
    private static string FirstOf(Tensor x)
    {
        double[] elements = x.ToDoubles();
        int place = Array.FindIndex(elements, element => !double.IsFinite(element));
        var index = new int[x.Shape.Rank];
        for (int axis = index.Length - 1, rest = place; axis >= 0; axis--)
            (rest, index[axis]) = Math.DivRem(rest, x.Shape[axis]);
        return string.Create(CultureInfo.InvariantCulture, $"{elements[place]} at [{string.Join(", ", index)}]");
    }
}
