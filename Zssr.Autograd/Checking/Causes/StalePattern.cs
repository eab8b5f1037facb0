using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a gradient stays the same at other inputs, where the function's derivative does not.</summary>
internal static class StalePattern
{
    private const double Shift = 1.25;

    private static CheckedInput Shifted(CheckedInput x)
    {
        double[] values = [.. x.Values.Select(value => value * Shift)];
        return x with { Values = values, Tensor = Tensor.From(x.Tensor.Device, x.Shape, values, x.Tensor.DType) };
    }

    public static string? Describe(CheckedFunction function, int input, double[] dy, double[] a)
    {
        if (a.All(value => value == 0))
            return null;
        CheckedInput[] inputs = [.. function.Inputs.Select(Shifted)];
        try
        {
            var moved = new CheckedFunction(function.Apply, inputs);
            using Recording recording = moved.Record();
            if (recording.Gradients(dy)[input] is not { } ofMoved || !GradientMatch.AreEqual(a, ofMoved))
                return null;
            double[] here = NumericGradient.Of(function, dy, input, a), there = NumericGradient.Of(moved, dy, input, a);
            return GradientMatch.AreEqual(here, there) ? null
                : "does not change with the inputs, as it should: does it use values that were kept from another run, or is a factor missing?";
        }
        finally
        {
            foreach (CheckedInput x in inputs)
                x.Tensor.Dispose();
        }
    }
}
