using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// The sizes of a tensor's axes, outermost first; the last axis is contiguous in memory.
/// Images are [batch, height, width, channels] (NHWC), convolution weights [kernel height, kernel width, in, out] (HWIO).
/// </summary>
/// <remarks>
/// Written as a list: <c>Shape s = [1, 64, 64, 3];</c>. The empty shape <c>[]</c> is a scalar: one element, no axes.
/// An axis may be 0 (an empty tensor); none may be negative, and there are at most <see cref="MostElements"/> elements.
/// </remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>
    /// The most elements of a tensor, a little less than 2³¹: kernels count in 32 bits and step past the end by up to a whole grid.
    /// </summary>
    public const int MostElements = int.MaxValue - (1 << 20);

    private const int RecentCount = 251;

    private static readonly int[]?[] Recent = new int[RecentCount][];

    private readonly int[]? _sizes;

    private Shape(int[] sizes, int count) => (_sizes, Count) = (sizes, count == 0 ? -1 : count);

    /// <summary>The shape with these axis sizes.</summary>
    /// <exception cref="ShapeException">A size is negative, or there are more than <see cref="MostElements"/> elements.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        long count = 1;
        bool tooMany = false;
        foreach (int size in sizes)
        {
            if (size < 0)
            {
                throw new ShapeException(
                    $"shape [{string.Join(", ", sizes.ToArray())}] has a negative size ({size}). Sizes are 0 or more.");
            }

            count *= size;
            // Keep going: a later axis of size 0 makes the tensor empty after all.
            if (count > MostElements)
                (tooMany, count) = (true, MostElements);
        }

        if (tooMany && count != 0)
        {
            throw new ShapeException(
                $"shape [{string.Join(", ", sizes.ToArray())}] has more than {MostElements} elements, the most a tensor holds. " +
                "Work on tiles of the image instead.");
        }

        return new Shape(Stored(sizes), (int)count);
    }

    /// <summary>
    /// An array of these sizes: one that has been made before, where it is still known. A training step makes the same few shapes over and over.
    /// </summary>
    private static int[] Stored(ReadOnlySpan<int> sizes)
    {
        uint hash = 0;
        foreach (int size in sizes)
            hash = hash * 31 + (uint)size;
        // Nobody changes such an array, so threads may share it, and lose each other's entries without harm.
        ref int[]? entry = ref Recent[hash % RecentCount];
        int[]? known = Volatile.Read(ref entry);
        if (known is not null && sizes.SequenceEqual(known))
            return known;
        int[] stored = sizes.ToArray();
        Volatile.Write(ref entry, stored);
        return stored;
    }

    /// <summary>How many axes.</summary>
    public int Rank => _sizes?.Length ?? 0;

    /// <summary>How many elements: the product of the sizes (1 for a scalar).</summary>
    public int ElementCount => Count switch { 0 => 1, -1 => 0, _ => Count };

    /// <summary>0 stands for a default instance (a scalar), −1 for no elements, so that <c>default(Shape)</c> is valid.</summary>
    private int Count { get; }

    /// <summary>The size of an axis; <c>shape[^1]</c> is the number of channels of an image.</summary>
    public int this[int axis] => axis >= 0 && axis < Rank
        ? _sizes![axis]
        : throw new ShapeException($"shape {this} has no axis {axis}; it has {Rank} axes, counted from 0.");

    /// <summary>The number of axes, so that <c>shape[^1]</c> works.</summary>
    public int Length => Rank;

    /// <summary>The sizes in order.</summary>
    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>Goes through the sizes in order.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => Sizes.GetEnumerator();

    /// <summary>True where both have the same sizes in the same order.</summary>
    public bool Equals(Shape other) => Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in Sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets: <c>[1, 64, 64, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _sizes ?? [])}]";

    /// <summary>True where both have the same sizes in the same order.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>True where the sizes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
