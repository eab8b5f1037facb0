namespace Zssr.Tensors;

/// <summary>The memory of one tensor, or of several that are reshapes of each other; freed with the last of them.</summary>
internal sealed class Storage(Device device, BufferPool.Block block)
{
    private int _owners = 1;

    public Device Device { get; } = device;

    public BufferPool.Block Block { get; } = block;

    /// <summary>How often what it holds was changed by an operation that was given it, not by the one that made it.</summary>
    public long Version { get; private set; }

    /// <summary>Whether more than one tensor uses this memory.</summary>
    public bool IsShared => Volatile.Read(ref _owners) > 1;

    /// <summary>One more tensor uses this memory; false where the last owner has just let go of it.</summary>
    public bool TryAddOwner()
    {
        int owners = Volatile.Read(ref _owners);
        while (owners > 0)
        {
            int seen = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (seen == owners)
                return true;
            owners = seen;
        }

        return false;
    }

    /// <summary>An operation, which holds the device's lock, changes what this memory holds.</summary>
    public void Change() => Version++;

    /// <summary>A tensor is done with this memory.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
            Device.Free(this);
    }
}
