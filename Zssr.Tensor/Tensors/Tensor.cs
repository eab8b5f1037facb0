using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// A dense array of numbers on a device. Images are [batch, height, width, channels] (NHWC), convolution weights
/// [kernel height, kernel width, in, out] (HWIO); the last axis is contiguous.
/// </summary>
/// <remarks>
/// A tensor owns device memory: dispose it (<c>using</c>) when it is no longer needed. It has no gradient; differentiable
/// values are the variables of Zssr.Autograd.
/// </remarks>
public sealed class Tensor : IDisposable
{
    private readonly Storage _storage;
    private int _disposed;

    internal Tensor(Storage storage, Shape shape, DType dtype) => (_storage, Shape, DType) = (storage, shape, dtype);

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>Where the elements live.</summary>
    public Device Device => _storage.Device;

    /// <summary>How many elements: the product of the sizes.</summary>
    public int Count => Shape.ElementCount;

    /// <summary>Whether it has been disposed; its elements are gone then.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>A tensor of zeros.</summary>
    /// <exception cref="DTypeException">float64 on a device that has none.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The device has too little memory.</exception>
    public static Tensor Zeros(Device device, Shape shape, DType dtype = DType.Float32) => Full(device, shape, 0, dtype);

    /// <summary>A tensor with every element equal to <paramref name="value"/>.</summary>
    /// <inheritdoc cref="Zeros"/>
    public static Tensor Full(Device device, Shape shape, double value, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(device);
        using DeviceCall call = device.Begin("full");
        Tensor tensor = call.New(shape, dtype);
        TensorElements.Fill(call, tensor, value);
        return call.Result(tensor);
    }

    /// <summary>A float32 tensor with these elements, the last axis running fastest.</summary>
    /// <exception cref="ShapeException">The number of elements is not that of the shape.</exception>
    public static Tensor From(Device device, Shape shape, ReadOnlySpan<float> elements) => From(device, shape, elements, DType.Float32);

    /// <summary>A float64 tensor with these elements, the last axis running fastest.</summary>
    /// <exception cref="ShapeException">The number of elements is not that of the shape.</exception>
    public static Tensor From(Device device, Shape shape, ReadOnlySpan<double> elements) => From(device, shape, elements, DType.Float64);

    /// <summary>A tensor of the given type with these elements, rounded to float32 where that is the type.</summary>
    /// <exception cref="ShapeException">The number of elements is not that of the shape.</exception>
    public static Tensor From(Device device, Shape shape, ReadOnlySpan<double> elements, DType dtype) =>
        dtype == DType.Float64 ? From<double>(device, shape, elements, dtype) : From(device, shape, ToSingle(elements));

    /// <summary>The elements as float32, the last axis running fastest. Waits for the device.</summary>
    public float[] ToArray() => DType == DType.Float32 ? Read<float>() : ToSingle(Read<double>());

    /// <summary>The elements as float64, the last axis running fastest. Waits for the device.</summary>
    public double[] ToDoubles() => DType == DType.Float64 ? Read<double>() : Array.ConvertAll(Read<float>(), x => (double)x);

    /// <summary>Copies the elements of a float32 tensor into <paramref name="target"/>, without an array in between.</summary>
    /// <exception cref="ShapeException"><paramref name="target"/> has another length.</exception>
    /// <exception cref="DTypeException">The tensor is not float32.</exception>
    public void CopyTo(Span<float> target)
    {
        if (DType != DType.Float32)
            throw new DTypeException($"copy to floats: the tensor is {DType.Name()}. Convert it with To(DType.Float32).");
        if (target.Length != Count)
            throw new ShapeException($"copy to a span of {target.Length} elements: the tensor {Shape} has {Count}.");
        Read(target);
    }

    /// <summary>The only element of a tensor that has just one, such as a loss.</summary>
    /// <exception cref="ShapeException">There are more elements, or none.</exception>
    public double Item() => Count == 1
        ? ToDoubles()[0]
        : throw new ShapeException($"item: the tensor has shape {Shape}, {Count} elements; only a tensor of one element is a number.");

    /// <summary>The same elements under another shape, without a copy: both share memory, which lives until both are disposed.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public Tensor Reshape(Shape shape)
    {
        ThrowIfUnusable("reshape", Device);
        if (shape.ElementCount != Count)
            throw new ShapeException($"reshape: {Shape} has {Count} elements and {shape} has {shape.ElementCount}. They must be equal.");
        return _storage.TryAddOwner()
            ? new Tensor(_storage, shape, DType)
            : throw new TensorDisposedException($"reshape: a tensor of shape {Shape} was disposed by another thread at the same time.");
    }

    /// <summary>A second owner of the same elements, without a copy.</summary>
    public Tensor Share() => Reshape(Shape);

    /// <summary>Whether both are owners of the same memory: one is a reshape of the other, or both of a third.</summary>
    public bool SharesMemoryWith(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(_storage, other._storage);
    }

    /// <summary>Whether other tensors own the same memory too: what is changed in one changes in all.</summary>
    public bool IsShared => _storage.IsShared;

    /// <summary>
    /// How often the elements were changed in place (<see cref="Assign"/>, an optimizer's step, …) since the tensor was made: 0 at first.
    /// Tensors that share memory have one version. By it a tape sees that a value which it remembers is no longer what it was; as PyTorch's
    /// version counter.
    /// </summary>
    public long Version => _storage.Version;

    /// <summary>A copy of the elements on another device, or on the same.</summary>
    public Tensor To(Device device) => DType == DType.Float32
        ? From<float>(device, Shape, Read<float>(), DType)
        : From<double>(device, Shape, Read<double>(), DType);

    /// <summary>A copy with another element type; float64 is rounded to the nearest float32.</summary>
    public Tensor To(DType dtype) => TensorElements.Cast(this, dtype);

    /// <summary>Replaces the elements by those of another tensor, such as a parameter by its value in a checkpoint.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    /// <exception cref="DeviceMismatchException">The tensors are on different devices.</exception>
    public void Assign(Tensor source)
    {
        using DeviceCall call = DeviceCall.Begin("assign", this, source);
        Check.SameShape(call, this, source);
        call.Changes(this);
        if (Count > 0)
            CopyFrom(call, source);
    }

    /// <summary>Frees the memory, unless a reshape of this tensor still uses it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _storage.Release();
    }

    /// <summary>Shape, type, device and the first few values.</summary>
    public override string ToString() => TensorText.Describe(this);

    /// <summary>
    /// The elements as a kernel sees them, in the order of memory. Only within a <see cref="DeviceCall"/>, until whose end they must live.
    /// </summary>
    /// <exception cref="DTypeException">T has not the size of the tensor's elements.</exception>
    /// <exception cref="TensorDisposedException">The tensor or its device has been disposed.</exception>
    public ArrayView<T> View<T>()
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != DType.Size())
        {
            throw new DTypeException(
                $"view: a tensor of {DType.Name()} (shape {Shape}) was viewed as {typeof(T).Name}. Convert it with To(dtype).");
        }

        ThrowIfUnusable("view", Device);
        return _storage.Block.View.Cast<T>().SubView(0, Count);
    }

    /// <summary>None of the elements, of any type: what a kernel gets in place of an input that is not there.</summary>
    internal ArrayView<T> NoElements<T>()
        where T : unmanaged => _storage.Block.View.SubView(0, 0).Cast<T>();

    /// <summary>The elements in host memory; only on the processor.</summary>
    internal unsafe float* Pointer => (float*)_storage.Block.Pointer;

    /// <summary>Raises <see cref="Version"/>; within an operation on the tensor's device.</summary>
    internal void Change() => _storage.Change();

    /// <summary>Copies all elements of a tensor of the same type and length.</summary>
    internal Tensor CopyFrom(DeviceCall call, Tensor source)
    {
        long bytes = (long)Count * DType.Size();
        ArrayView<byte> from = source._storage.Block.View.SubView(0, bytes), to = _storage.Block.View.SubView(0, bytes);
        call.Guard(() => to.CopyFrom(Device.Accelerator.DefaultStream, from));
        return this;
    }

    /// <summary>Throws where the tensor cannot take part in an operation on a device.</summary>
    internal void ThrowIfUnusable(string operation, Device device)
    {
        if (IsDisposed)
            throw new TensorDisposedException($"{operation}: a tensor of shape {Shape} has been disposed. Dispose it after its last use.");
        if (Device.IsDisposed)
        {
            throw new TensorDisposedException(
                $"{operation}: the device {Device.Name} of a tensor {Shape} has been disposed. Dispose devices last.");
        }

        if (Device != device)
        {
            string other = Device.Name == device.Name ? $"another {Device.Name}, opened separately" : $"{Device.Name}";
            throw new DeviceMismatchException(
                $"{operation}: one tensor is on {device.Name}, another (shape {Shape}) on {other}. Move it with tensor.To(device)."
                + (Device.Name == device.Name ? " Or open the device once." : ""));
        }
    }

    private static Tensor From<T>(Device device, Shape shape, ReadOnlySpan<T> elements, DType dtype)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(device);
        if (elements.Length != shape.ElementCount)
            throw new ShapeException($"from: the shape {shape} needs {shape.ElementCount} elements; {elements.Length} were given.");
        using DeviceCall call = device.Begin("from");
        Tensor tensor = call.New(shape, dtype);
        HostCopy.Write(call, elements, tensor);
        return call.Result(tensor);
    }

    private T[] Read<T>()
        where T : unmanaged
    {
        var elements = new T[Count];
        Read<T>(elements);
        return elements;
    }

    private void Read<T>(Span<T> target)
        where T : unmanaged
    {
        using DeviceCall call = Device.Begin("read", this);
        HostCopy.Read(call, this, target);
    }

    private static float[] ToSingle(ReadOnlySpan<double> elements)
    {
        var singles = new float[elements.Length];
        for (int i = 0; i < singles.Length; i++)
            singles[i] = (float)elements[i];
        return singles;
    }
}
