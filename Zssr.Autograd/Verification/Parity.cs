using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Whether a device computes what the reference does.</summary>
public static class Parity
{
    /// <summary>Runs a case on a device and compares it with its reference.</summary>
    /// <returns>Null where they agree; otherwise a sentence that says where they differ and by how much.</returns>
    public static string? Check(OpCase opCase, Device device, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(opCase);
        // The reference sees the inputs as the device does, so that only the computing is compared.
        IReadOnlyList<HostArray> inputs = dtype == DType.Float64 ? opCase.Inputs : [.. opCase.Inputs.Select(x => x.RoundedToSingle())];
        HostArray expected = opCase.Reference(inputs);
        var tensors = new List<Tensor>();
        try
        {
            foreach (HostArray input in inputs)
                tensors.Add(input.On(device, dtype));
            using Tensor result = opCase.Run(tensors);
            if (result.Shape != expected.Shape)
                return $"{opCase}: the result has shape {result.Shape}; it should be {expected.Shape}";
            return Compare(opCase, result.ToDoubles(), expected, dtype == DType.Float64 ? opCase.Tolerance64 : opCase.Tolerance32);
        }
        finally
        {
            foreach (Tensor tensor in tensors)
                tensor.Dispose();
        }
    }

    /// <summary>Compares elements; NaN must meet NaN, and infinity the same infinity.</summary>
    private static string? Compare(OpCase opCase, double[] actual, HostArray expected, double tolerance)
    {
        double largest = expected.Data.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int worst = -1;
        double worstSeverity = 1;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Difference(actual[i], expected.Data[i]);
            double severity = difference == 0 ? 0 : difference / Allowed(expected.Data[i]);
            if (severity > worstSeverity)
                (worst, worstSeverity) = (i, severity);
        }

        return worst < 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{opCase}: element {worst} of {actual.Length} is {actual[worst]:G9}; "
                + $"{expected.Data[worst]:G9} ± {Allowed(expected.Data[worst]):G2} was expected");

        double Allowed(double value) => tolerance * (opCase.IsSum ? largest : double.IsFinite(value) ? Math.Abs(value) : 1);
    }

    private static double Difference(double actual, double expected)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
            return double.IsNaN(expected) && double.IsNaN(actual) ? 0 : double.PositiveInfinity;
        return actual.Equals(expected) ? 0 : Math.Abs(actual - expected);
    }
}
