namespace Zssr.Tests.References;

/// <summary>Plain numbers with any axes, moved one element at a time by its full index: the judge of the ops along one axis.</summary>
public sealed record AxisArray(int[] Sizes, double[] Elements)
{
    /// <summary>An array whose every element is computed from its index.</summary>
    public static AxisArray Build(int[] sizes, Func<int[], double> element)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(element);
        double[] elements = new double[sizes.Aggregate(1, (product, size) => product * size)];
        for (int place = 0; place < elements.Length; place++)
        {
            int[] index = new int[sizes.Length];
            int rest = place;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, sizes[axis]);
            elements[place] = element(index);
        }

        return new AxisArray(sizes, elements);
    }

    /// <summary>Elements first, first + 1, …: all different and exact in float32.</summary>
    public static AxisArray Counting(int[] sizes, int first = 1)
    {
        int next = first;
        return Build(sizes, _ => next++);
    }

    /// <summary>One element; 0 where the index lies outside.</summary>
    public double At(int[] index)
    {
        ArgumentNullException.ThrowIfNull(index);
        int place = 0;
        for (int axis = 0; axis < Sizes.Length; axis++)
        {
            if (index[axis] < 0 || index[axis] >= Sizes[axis])
                return 0;
            place = place * Sizes[axis] + index[axis];
        }

        return Elements[place];
    }

    /// <summary>A stretch of one axis that may reach outside, where it is 0.</summary>
    public AxisArray Window(int axis, int start, int length) => Build(With(axis, length), index => At(Shifted(index, axis, start)));

    /// <summary>This array, and after it along the axis another one.</summary>
    public AxisArray FollowedBy(AxisArray next, int axis)
    {
        ArgumentNullException.ThrowIfNull(next);
        int own = Sizes[axis];
        return Build(With(axis, own + next.Sizes[axis]), index => index[axis] < own ? At(index) : next.At(Shifted(index, axis, -own)));
    }

    private int[] With(int axis, int size)
    {
        int[] sizes = [.. Sizes];
        sizes[axis] = size;
        return sizes;
    }

    private static int[] Shifted(int[] index, int axis, int offset)
    {
        int[] shifted = [.. index];
        shifted[axis] += offset;
        return shifted;
    }
}
