using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// One operation on a device, from its check of the inputs to its result. Every op is written in this form:
/// <code>
/// using DeviceCall call = Check.Begin("relu", x);
/// Tensor y = call.New(x.Shape, x.DType);
/// call.Kernels.Launch(ElementwiseKernels.Map&lt;float, Relu&gt;, call.Elements(y), x.View&lt;float&gt;(), y.View&lt;float&gt;());
/// return call.Result(y);
/// </code>
/// It holds the device's lock; what it allocated and did not return is freed at its end, also when it fails.
/// </summary>
internal sealed class DeviceCall(Device device) : IDisposable
{
    private readonly List<Tensor> _inputs = [];
    private readonly List<Tensor> _temporaries = [];
    private string _operation = "";

    public Device Device { get; } = device;

    /// <summary>Launches kernels in this operation's name.</summary>
    public KernelLauncher Kernels => new(this);

    /// <summary>Called by <see cref="Device.Begin"/>.</summary>
    public void Start(string operation, ReadOnlySpan<Tensor> inputs)
    {
        _operation = operation;
        foreach (Tensor input in inputs)
            _inputs.Add(input);
    }

    /// <summary>A tensor with unspecified contents, freed with this call unless it becomes its <see cref="Result"/>.</summary>
    public Tensor New(Shape shape, DType dtype)
    {
        if (dtype == DType.Float64 && !Device.Info.SupportsFloat64)
        {
            throw new DTypeException(
                $"{this}: {Device.Name} ({Device.Info.Description}) has no float64. Use float32, or a device with float64 such as cpu.");
        }

        long bytes = (long)shape.ElementCount * dtype.Size();
        try
        {
            var tensor = new Tensor(Device.Allocate(bytes), shape, dtype);
            _temporaries.Add(tensor);
            return tensor;
        }
        catch (Exception failure) when (failure is not DeviceException)
        {
            throw DeviceFailure.Translate(failure, Device.ToString(), ToString(), bytes);
        }
    }

    /// <summary>A table of whole numbers for a kernel, freed with this call: read it with <c>View&lt;int&gt;()</c>.</summary>
    public Tensor NewTable(ReadOnlySpan<int> entries)
    {
        // Tensors have no integers of their own; float32 has the same size, and nobody outside the op sees it.
        Tensor table = New([entries.Length], DType.Float32);
        HostCopy.Write(this, entries, table);
        return table;
    }

    /// <summary>Numbers for a kernel, rounded to the given type, freed with this call.</summary>
    public Tensor NewNumbers(ReadOnlySpan<double> numbers, DType dtype)
    {
        Tensor tensor = New([numbers.Length], dtype);
        if (dtype == DType.Float64)
        {
            HostCopy.Write(this, numbers, tensor);
            return tensor;
        }

        var rounded = new float[numbers.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = (float)numbers[i];
        HostCopy.Write<float>(this, rounded, tensor);
        return tensor;
    }

    /// <summary>Hands a tensor made by <see cref="New"/> to the caller, who owns it from now on.</summary>
    public Tensor Result(Tensor tensor)
    {
        _temporaries.Remove(tensor);
        return tensor;
    }

    /// <summary>Work-items for a kernel that goes over elements in steps of the whole grid.</summary>
    public KernelConfig Elements(Tensor tensor) => LaunchSize.Elements(Device, tensor.Count);

    /// <summary>Does something with the accelerator; a failure names this operation.</summary>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure);
        }
    }

    /// <summary>Whether a failure comes from outside and does not yet name this operation. For calls too frequent for <see cref="Guard"/>.</summary>
    public static bool IsForeign(Exception failure) => failure is not (DeviceException or TensorDisposedException or ArgumentException);

    /// <summary>A failure in terms of this operation.</summary>
    public Exception Translate(Exception failure) => DeviceFailure.Translate(failure, Device.ToString(), ToString());

    public void Dispose()
    {
        foreach (Tensor temporary in _temporaries)
            temporary.Dispose();
        _temporaries.Clear();
        _inputs.Clear();
        Device.End(this);
    }

    /// <summary>The operation with its inputs' shapes: <c>conv2d([1, 64, 64, 4], [3, 3, 3, 64])</c>.</summary>
    public override string ToString() => $"{_operation}({string.Join(", ", _inputs.Select(input => input.Shape))})";
}
