using System.Globalization;

namespace Zssr.Tensors;

/// <summary>What a tensor looks like in a debugger or on a terminal.</summary>
internal static class TensorText
{
    private const int ValuesShown = 6;

    /// <summary><c>Tensor [1, 2, 2, 3] float32 on cpu: 0.5, 1, −0.25, … (12 elements)</c>.</summary>
    public static string Describe(Tensor tensor)
    {
        string head = $"Tensor {tensor.Shape} {tensor.DType.Name()} on {tensor.Device.Name}";
        if (tensor.IsDisposed || tensor.Device.IsDisposed)
            return $"{head}: disposed";
        // A debugger calls this on anything, at any moment: whatever fails here must not take it down.
        double[] values;
        try
        {
            values = FirstValues(tensor);
        }
        catch (Exception failure)
        {
            return $"{head}: {failure.Message}";
        }

        string shown = string.Join(", ", values.Select(x => x.ToString("G5", CultureInfo.InvariantCulture)));
        return tensor.Count <= ValuesShown ? $"{head}: {shown}" : $"{head}: {shown}, … ({tensor.Count} elements)";
    }

    private static double[] FirstValues(Tensor tensor)
    {
        int count = Math.Min(ValuesShown, tensor.Count);
        using DeviceCall call = tensor.Device.Begin("show", tensor);
        if (tensor.DType == DType.Float64)
        {
            var values = new double[count];
            HostCopy.Read<double>(call, tensor, values);
            return values;
        }

        var singles = new float[count];
        HostCopy.Read<float>(call, tensor, singles);
        return Array.ConvertAll(singles, x => (double)x);
    }
}
