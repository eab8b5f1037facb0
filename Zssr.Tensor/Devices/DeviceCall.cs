using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// One operation on a device, from its check of the inputs to its result. Every op is written in this form, and so are yours:
/// <code>
/// public static Tensor Cube(Tensor x)
/// {
///     using DeviceCall call = DeviceCall.Begin("cube", x);
///     Tensor y = call.New(x.Shape, x.DType);
///     call.Kernels.Launch(CubeKernel, call.Elements(y), x.View&lt;float&gt;(), y.View&lt;float&gt;());
///     return call.Result(y);
/// }
///
/// private static void CubeKernel(ArrayView&lt;float&gt; x, ArrayView&lt;float&gt; y)
/// {
///     int stride = Grid.DimX * Group.DimX;
///     for (int i = Grid.GlobalIndex.X; i &lt; y.IntLength; i += stride)
///         y[i] = x[i] * x[i] * x[i];
/// }
/// </code>
/// It holds the device's lock; what it allocated and did not return is freed at its end, also when it fails.
/// </summary>
/// <remarks>
/// A handle: what it stands for, the lists of <see cref="CallTensors"/>, serves one operation after another, and the handle knows whose turn
/// it is. So who keeps one for too long can only meet its own end, never another operation.
/// </remarks>
public readonly record struct DeviceCall : IDisposable
{
    private readonly string _operation;
    private readonly CallTensors _tensors;
    private readonly long _turn;

    /// <summary>Called by <see cref="Device.Begin"/>, which holds the lock.</summary>
    internal DeviceCall(Device device, string operation, CallTensors tensors) =>
        (Device, _operation, _tensors, _turn) = (device, operation, tensors, tensors.Turn);

    /// <summary>Where it runs.</summary>
    public Device Device { get; }

    /// <summary>Launches kernels in this operation's name.</summary>
    public KernelLauncher Kernels => new(this);

    /// <summary>Starts an operation on the device of its inputs, of which there is one at least. Dispose it at its end.</summary>
    /// <param name="operation">Its name in messages.</param>
    /// <param name="inputs">What it reads.</param>
    /// <exception cref="TensorDisposedException">An input or its device has been disposed.</exception>
    /// <exception cref="DeviceMismatchException">The inputs are on different devices.</exception>
    /// <exception cref="DTypeException">The inputs are of different types.</exception>
    public static DeviceCall Begin(string operation, params ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input is null)
                throw new ArgumentNullException(nameof(inputs), $"{operation}: a tensor is null.");
        }

        Tensor first = inputs[0];
        DeviceCall call = first.Device.Begin(operation, inputs);
        foreach (Tensor input in inputs)
        {
            if (input.DType == first.DType)
                continue;
            call.Dispose();
            throw new DTypeException(
                $"{operation}: one input is {first.DType.Name()} (shape {first.Shape}), "
                + $"another {input.DType.Name()} (shape {input.Shape}). Convert one with To(dtype).");
        }

        return call;
    }

    /// <summary>Makes the accelerator this thread's.</summary>
    internal void Bind()
    {
        try
        {
            Device.BeforeOperation?.Invoke(_operation);
            Device.Accelerator.Bind();
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure);
        }
    }

    /// <summary>A tensor with unspecified contents, freed with this call unless it becomes its <see cref="Result"/>.</summary>
    /// <exception cref="DTypeException">The device has no float64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    /// <exception cref="DeviceException">The device has no memory left.</exception>
    /// <exception cref="TensorDisposedException">The operation has ended.</exception>
    /// <exception cref="InvalidOperationException">Another thread began the operation.</exception>
    public Tensor New(Shape shape, DType dtype)
    {
        CallTensors tensors = OpenTensors();
        Check.Defined(this, dtype);
        if (dtype == DType.Float64 && !Device.Info.SupportsFloat64)
        {
            throw new DTypeException(
                $"{this}: {Device.Name} ({Device.Info.Description}) has no float64. Use float32, or a device with float64 such as cpu.");
        }

        long bytes = (long)shape.ElementCount * dtype.Size();
        try
        {
            var tensor = new Tensor(Device.Allocate(bytes), shape, dtype);
            tensors.Temporaries.Add(tensor);
            return tensor;
        }
        catch (Exception failure) when (failure is not DeviceException)
        {
            throw DeviceFailure.Translate(failure, Device.ToString(), ToString(), bytes);
        }
    }

    /// <summary>A table of whole numbers for a kernel, freed with this call: read it with <c>View&lt;int&gt;()</c>.</summary>
    internal Tensor NewTable(ReadOnlySpan<int> entries)
    {
        // Tensors have no integers of their own; float32 has the same size, and nobody outside the op sees it.
        Tensor table = New([entries.Length], DType.Float32);
        HostCopy.Write(this, entries, table);
        return table;
    }

    /// <summary>Numbers for a kernel, rounded to the given type, freed with this call.</summary>
    internal Tensor NewNumbers(ReadOnlySpan<double> numbers, DType dtype)
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
    /// <exception cref="TensorDisposedException">The operation has ended, and its tensors with it.</exception>
    /// <exception cref="InvalidOperationException">Another thread began the operation.</exception>
    public Tensor Result(Tensor tensor)
    {
        OpenTensors().Temporaries.Remove(tensor);
        return tensor;
    }

    /// <summary>
    /// Says that the operation changes a tensor which it was given, and so raises its <see cref="Tensor.Version"/>. Call it before you
    /// write: a tape that remembers the tensor then refuses to take the new elements for the old ones.
    /// </summary>
    /// <exception cref="TensorDisposedException">The operation has ended.</exception>
    /// <exception cref="InvalidOperationException">Another thread began the operation.</exception>
    public void Changes(Tensor tensor)
    {
        ThrowIfEnded();
        tensor.Change();
    }

    /// <summary>Work-items for a kernel that goes over elements in steps of the whole grid.</summary>
    /// <exception cref="TensorDisposedException">The operation has ended.</exception>
    /// <exception cref="InvalidOperationException">Another thread began the operation.</exception>
    public KernelConfig Elements(Tensor tensor)
    {
        ThrowIfEnded();
        return LaunchSize.Elements(Device, tensor.Count);
    }

    /// <summary>Does something with the accelerator; a failure names this operation.</summary>
    internal void Guard(Action action)
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

    /// <summary>
    /// Whether a failure comes from outside and does not yet name this operation. For calls too frequent for <see cref="Guard"/>.
    /// </summary>
    internal static bool IsForeign(Exception failure) => failure is not (DeviceException or TensorDisposedException or ArgumentException);

    /// <summary>A failure in terms of this operation.</summary>
    internal Exception Translate(Exception failure) => DeviceFailure.Translate(failure, Device.ToString(), ToString());

    /// <summary>Throws where the operation has ended, and with it its hold on the device; also on a thread that does not hold it.</summary>
    internal void ThrowIfEnded() => OpenTensors();

    /// <summary>
    /// Ends the operation: frees what it made and did not give back, and lets others use the device. Twice is allowed, at any time: the
    /// second does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread began the operation; it goes on.</exception>
    public void Dispose()
    {
        if (!IsOpen)
            return;
        RequireOwnThread();
        _tensors.Turn++;
        foreach (Tensor temporary in _tensors.Temporaries)
            temporary.Dispose();
        Device.End(_tensors);
    }

    /// <summary>The operation with its inputs' shapes: <c>conv2d([1, 64, 64, 4], [3, 3, 3, 64])</c>.</summary>
    public override string ToString() => IsOpen
        ? $"{_operation}({string.Join(", ", _tensors.Inputs.Select(input => input.Shape))})"
        : $"{_operation} (ended)";

    private bool IsOpen => Volatile.Read(ref _tensors.Turn) == _turn;

    private CallTensors OpenTensors()
    {
        if (!IsOpen)
            throw new TensorDisposedException($"{_operation}: the operation has ended. Allocate and launch before its call is disposed.");
        RequireOwnThread();
        return _tensors;
    }

    private void RequireOwnThread()
    {
        if (!Device.Gate.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException(
                $"{_operation}: another thread began this operation and holds the device. Begin, use and end an operation on one thread.");
        }
    }
}
