using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// The elements after the last whole vector. They go through a vector on the stack, so that they are computed by the same instructions as
/// all others (a result does not depend on where an element lies) and nothing outside the tensor is touched.
/// </summary>
internal static unsafe class Tail
{
    /// <summary>The longest vector, in floats.</summary>
    public const int MaxLanes = 16;

    /// <summary>The first count floats at source, the other lanes being filled up.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Load<V, S>(float* source, int count, float fill = 0)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* lanes = stackalloc float[MaxLanes];
        for (int i = 0; i < S.Lanes; i++)
            lanes[i] = i < count ? source[i] : fill;
        return S.Load(lanes);
    }

    /// <summary>Stores the first count lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<V, S>(V value, float* target, int count)
        where V : struct
        where S : struct, ISimd<V>
    {
        float* lanes = stackalloc float[MaxLanes];
        S.Store(value, lanes);
        for (int i = 0; i < count; i++)
            target[i] = lanes[i];
    }
}
