using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Zssr.Tensors;

/// <summary>
/// Device memory that is used again: a training step asks for the same sizes over and over, and asking a driver is slow.
/// Blocks are kept by size class. A new one is at most one eighth larger than asked for, a kept one at most twice as large: crops of many
/// sizes must not each keep a network's activations. Not thread-safe: the device's lock protects it.
/// </summary>
/// <param name="accelerator">Where the memory is.</param>
/// <param name="limit">The most bytes to take from the driver; 0: all that it gives.</param>
internal sealed class BufferPool(Accelerator accelerator, long limit = 0) : IDisposable
{
    // Two cache lines, and the widest vector: loads of full vectors never straddle more lines than they must.
    private const int HostAlignment = 128;

    // From here on a block that has become too small gives way to the larger one that takes over its work.
    private const long LargeBytes = 8L << 20;

    private readonly Dictionary<long, Stack<Block>> _free = [];
    private readonly HashSet<Block> _all = [];

    /// <summary>Bytes taken from the driver, in use or kept for reuse.</summary>
    public long ReservedBytes { get; private set; }

    /// <summary>Called before each block goes back to the driver; see <see cref="Device.BeforeGivingBack"/>.</summary>
    public Action? BeforeGivingBack { get; set; }

    /// <summary>A block of at least this many bytes; its contents are whatever they were.</summary>
    /// <exception cref="InsufficientMemoryException">The limit is reached. What the driver throws is its own.</exception>
    public Block Rent(long bytes)
    {
        long size = SizeClass(bytes);
        for (long fitting = size; fitting <= 2 * size; fitting = SizeClass(fitting + 1))
        {
            if (_free.TryGetValue(fitting, out Stack<Block>? kept) && kept.TryPop(out Block? free))
                return free;
        }

        if (size >= LargeBytes)
            GiveBackBlocks(size / 2, size);
        if (limit > 0 && ReservedBytes + size > limit)
            throw new InsufficientMemoryException($"the device's limit is {limit} bytes, and {ReservedBytes} of them are in use.");
        Block block = Allocate(size);
        _all.Add(block);
        ReservedBytes += size;
        return block;
    }

    /// <summary>Takes a block back for the next <see cref="Rent"/>.</summary>
    public void Return(Block block)
    {
        if (!_free.TryGetValue(block.Bytes, out Stack<Block>? kept))
            _free.Add(block.Bytes, kept = new Stack<Block>());
        kept.Push(block);
    }

    /// <summary>Gives all memory that nobody uses back to the driver, which must be done with it.</summary>
    public void Trim()
    {
        foreach (Stack<Block> kept in _free.Values)
            GiveBack(kept);
        _free.Clear();
    }

    /// <summary>Gives all memory back, also what is in use; what a lost device does not take is forgotten.</summary>
    public void Dispose()
    {
        foreach (Block block in _all)
            DeviceFailure.IgnoreIfLost(() => GiveBack(block));
        _all.Clear();
        _free.Clear();
    }

    /// <summary>
    /// Gives back the blocks of some sizes that nobody uses. The tiles of an image grow from the corner to the middle; without this, those
    /// of each size would stay.
    /// </summary>
    private void GiveBackBlocks(long from, long below)
    {
        bool isDone = false;
        foreach ((long bytes, Stack<Block> kept) in _free)
        {
            if (bytes < from || bytes >= below || kept.Count == 0)
                continue;
            if (!isDone)
                accelerator.Synchronize();
            isDone = true;
            GiveBack(kept);
        }
    }

    private void GiveBack(Stack<Block> kept)
    {
        while (kept.TryPop(out Block? block))
        {
            _all.Remove(block);
            ReservedBytes -= block.Bytes;
            GiveBack(block);
        }
    }

    private void GiveBack(Block block)
    {
        BeforeGivingBack?.Invoke();
        block.Dispose();
    }

    /// <summary>Eight classes between a power of two and the next, the smallest 256 bytes.</summary>
    private static long SizeClass(long bytes)
    {
        // A tensor without elements gets a block as well: drivers know no empty buffers.
        bytes = Math.Max(bytes, 1);
        long step = Math.Max(256, (long)BitOperations.RoundUpToPowerOf2((ulong)bytes) / 16);
        return (bytes + step - 1) / step * step;
    }

    private Block Allocate(long bytes)
    {
        if (accelerator is CPUAccelerator)
            return AllocateOnHost(bytes);
        MemoryBuffer buffer = accelerator.Allocate1D<byte>(bytes);
        return new Block(buffer, buffer.AsRawArrayView(), 0, bytes);
    }

    private unsafe Block AllocateOnHost(long bytes)
    {
        // What is skipped to reach an aligned address is never touched, and so never becomes memory.
        int alignment = HugePages.AlignmentFor(bytes, HostAlignment);
        MemoryBuffer buffer = CPUMemoryBuffer.Create(accelerator, bytes + alignment, 1);
        long skip = -buffer.NativePtr.ToInt64() & (alignment - 1);
        nint start = buffer.NativePtr + (nint)skip;
        HugePages.Request((void*)start, bytes);
        return new Block(buffer, buffer.AsRawArrayView().SubView(skip, bytes), start, bytes);
    }

    /// <summary>One piece of device memory.</summary>
    /// <param name="buffer">What ILGPU allocated.</param>
    /// <param name="view">The usable part of it, aligned.</param>
    /// <param name="pointer">Where the view starts in host memory; 0 on other devices.</param>
    /// <param name="bytes">The view's length.</param>
    internal sealed class Block(MemoryBuffer buffer, ArrayView<byte> view, nint pointer, long bytes) : IDisposable
    {
        public ArrayView<byte> View { get; } = view;

        public nint Pointer { get; } = pointer;

        public long Bytes { get; } = bytes;

        public void Dispose() => buffer.Dispose();
    }
}
