namespace Zssr.Tensors;

/// <summary>The memory behind one tensor, or behind several that are reshapes of each other; freed with the last of them.</summary>
internal sealed class Storage(Device device, BufferPool.Block block)
{
    private int _owners = 1;

    public Device Device { get; } = device;

    public BufferPool.Block Block { get; } = block;

    /// <summary>One more tensor uses this memory.</summary>
    public void AddOwner() => Interlocked.Increment(ref _owners);

    /// <summary>A tensor is done with this memory.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
            Device.Free(this);
    }
}
