using ILGPU;
using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// An open device: where tensors live and kernels run. Owns its memory, its compiled kernels and, on the processor, its threads.
/// </summary>
/// <remarks>
/// May be used from several threads: its operations run one after another, since ILGPU's OpenCL accelerator gives wrong
/// results otherwise. Dispose it last; tensors that are still alive then lose their memory.
/// </remarks>
public sealed class Device : IDisposable
{
    private readonly Context _context;
    private readonly BufferPool _pool;
    private readonly Stack<CallTensors> _idle = [];
    private readonly Dictionary<Type, object> _states = [];
    private int _liveBuffers;

    private Device(DeviceInfo info, DeviceOptions options, Context context, Accelerator accelerator)
    {
        (Info, Options, _context, Accelerator) = (info, options, context, accelerator);
        _pool = new BufferPool(accelerator, options.MemoryLimit);
        if (info.Name.Kind == DeviceKind.Cpu && !options.Portable)
            Host = new Host(options.Threads, options.VectorBits);
    }

    /// <summary>What the device is.</summary>
    public DeviceInfo Info { get; }

    /// <summary>The name it was opened by.</summary>
    public DeviceName Name => Info.Name;

    /// <summary>The options it was opened with.</summary>
    public DeviceOptions Options { get; }

    /// <summary>How many buffers tensors hold at this moment. Zero once every tensor has been disposed.</summary>
    public int LiveBuffers => Volatile.Read(ref _liveBuffers);

    /// <summary>Bytes taken from the driver: those that tensors hold and those kept for reuse.</summary>
    public long ReservedBytes
    {
        get
        {
            lock (Gate)
                return _pool.ReservedBytes;
        }
    }

    /// <summary>Bytes that there are for tensors: the device's memory, or the limit of its options; 0 where unknown.</summary>
    public long MemoryBytes
    {
        get
        {
            (long all, long limit) = (Info.MemoryBytes, Options.MemoryLimit);
            return all == 0 || limit == 0 ? Math.Max(all, limit) : Math.Min(all, limit);
        }
    }

    /// <summary>Whether it has been disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>
    /// Serialises everything that touches the accelerator. Taken by <see cref="Begin"/>; may be taken again by its holder.
    /// </summary>
    internal Lock Gate { get; } = new();

    internal Accelerator Accelerator { get; }

    /// <summary>Called with the name of each operation before it begins. Tests throw here what a failing driver would.</summary>
    internal Action<string>? BeforeOperation { get; set; }

    /// <summary>Called before each piece of memory goes back to the driver. Tests throw here what a failing driver would.</summary>
    internal Action? BeforeGivingBack
    {
        get => _pool.BeforeGivingBack;
        set => _pool.BeforeGivingBack = value;
    }

    internal KernelCache Kernels { get; } = new();


    /// <summary>The SIMD code and threads of the processor; null on other devices and where the portable kernels were asked for.</summary>
    internal Host? Host { get; }

    /// <summary>Opens a device by name: <c>cpu</c>, <c>opencl:N</c> or <c>cuda:N</c>.</summary>
    /// <inheritdoc cref="Open(DeviceName, DeviceOptions?)"/>
    public static Device Open(string name, DeviceOptions? options = null) => Open(DeviceName.Parse(name), options);

    /// <summary>Opens a device.</summary>
    /// <param name="name">Which.</param>
    /// <param name="options">How it is to be used; by default as <see cref="DeviceOptions.FromEnvironment"/> says.</param>
    /// <exception cref="DeviceUnavailableException">No such device, or it cannot be used; the message lists those that exist.</exception>
    /// <exception cref="DeviceException">There are no options, and those of the environment cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options cannot be meant, such as −1 threads.</exception>
    public static Device Open(DeviceName name, DeviceOptions? options = null)
    {
        options ??= DeviceOptions.FromEnvironment();
        options.Validate();
        (DeviceInfo info, Context context, Accelerator accelerator) = DeviceOpener.Open(name, options);
        try
        {
            return new Device(info, options, context, accelerator);
        }
        catch
        {
            DeviceFailure.IgnoreIfLost(accelerator.Dispose);
            DeviceFailure.IgnoreIfLost(context.Dispose);
            throw;
        }
    }

    /// <summary>Waits until everything asked of the device has been done. Only measurements need it.</summary>
    public void Synchronize()
    {
        using DeviceCall call = Begin("synchronize");
        call.Guard(Accelerator.Synchronize);
    }

    /// <summary>Gives memory that no tensor holds back to the driver.</summary>
    public void TrimMemory()
    {
        using DeviceCall call = Begin("trim memory");
        call.Guard(Accelerator.Synchronize);
        call.Guard(_pool.Trim);
    }

    /// <summary>Frees everything the device owns, the memory of tensors included. A lost device is let go without an error.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (IsDisposed)
                return;
            IsDisposed = true;
            Host?.Dispose();
            _pool.Dispose();
            Volatile.Write(ref _liveBuffers, 0);
            DeviceFailure.IgnoreIfLost(Accelerator.Dispose);
            DeviceFailure.IgnoreIfLost(_context.Dispose);
        }
    }

    /// <summary>The name, such as <c>opencl:0</c>.</summary>
    public override string ToString() => Name.ToString();

    /// <summary>
    /// Starts an operation: takes the device's lock until the result is disposed, and checks that all inputs are alive and here.
    /// </summary>
    /// <param name="operation">The operation's name, for messages.</param>
    /// <param name="inputs">Every tensor that it reads or changes.</param>
    internal DeviceCall Begin(string operation, params ReadOnlySpan<Tensor> inputs)
    {
        Gate.Enter();
        try
        {
            if (IsDisposed)
            {
                throw new TensorDisposedException(
                    $"{operation}: the device {Name} has been disposed. Keep it open while its tensors are in use.");
            }

            foreach (Tensor input in inputs)
                input.ThrowIfUnusable(operation, this);
            CallTensors tensors = _idle.TryPop(out CallTensors? idle) ? idle : new CallTensors();
            tensors.Inputs.AddRange(inputs);
            var call = new DeviceCall(this, operation, tensors);
            call.Bind();
            return call;
        }
        catch
        {
            Gate.Exit();
            throw;
        }
    }

    /// <summary>
    /// What an operation keeps about this device, one object of a type for the device's life. For the holder of the device's lock.
    /// </summary>
    internal TState State<TState>()
        where TState : class, new()
    {
        if (!_states.TryGetValue(typeof(TState), out object? state))
            _states.Add(typeof(TState), state = new TState());
        return (TState)state;
    }

    /// <summary>The end of an operation.</summary>
    internal void End(CallTensors tensors)
    {
        tensors.Clear();
        _idle.Push(tensors);
        Gate.Exit();
    }

    /// <summary>Memory for a tensor, with unspecified contents. The caller holds the lock.</summary>
    internal Storage Allocate(long bytes)
    {
        BufferPool.Block block;
        try
        {
            block = _pool.Rent(bytes);
        }
        catch (Exception failure) when (DeviceFailure.IsOutOfMemory(failure))
        {
            // What the pool keeps for reuse may be just what is missing.
            Accelerator.Synchronize();
            _pool.Trim();
            block = _pool.Rent(bytes);
        }

        if (Options.FillNewBuffersWithNaN)
            block.View.MemSet(Accelerator.DefaultStream, 0xFF);
        Interlocked.Increment(ref _liveBuffers);
        return new Storage(this, block);
    }

    /// <summary>Takes a tensor's memory back for reuse.</summary>
    internal void Free(Storage storage)
    {
        lock (Gate)
        {
            if (IsDisposed)
                return;
            _pool.Return(storage.Block);
            Interlocked.Decrement(ref _liveBuffers);
        }
    }
}
