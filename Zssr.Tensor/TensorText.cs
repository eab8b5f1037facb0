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
        // A debugger calls this on anything; a device that fails here must not take the debugger down.
        double[] values;
        try
        {
            values = tensor.ToDoubles();
        }
        catch (DeviceException failure)
        {
            return $"{head}: {failure.Message}";
        }

        string shown = string.Join(", ", values.Take(ValuesShown).Select(x => x.ToString("G5", CultureInfo.InvariantCulture)));
        return values.Length <= ValuesShown ? $"{head}: {shown}" : $"{head}: {shown}, … ({values.Length} elements)";
    }
}
