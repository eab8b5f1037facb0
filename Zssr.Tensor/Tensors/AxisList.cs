namespace Zssr.Tensors;

/// <summary>Lists of axes as users give them: counted from 0, or from −1 backward.</summary>
public static class AxisList
{
    /// <summary>The axes counted from 0, in rising order; of an empty list all axes.</summary>
    /// <param name="operation">Whose axes they are, for messages.</param>
    /// <param name="shape">The shape that has them.</param>
    /// <param name="axes">The list.</param>
    /// <exception cref="ShapeException">The shape has no such axis, or one is named twice.</exception>
    public static int[] Of(string operation, Shape shape, ReadOnlySpan<int> axes)
    {
        if (axes.IsEmpty)
            return [.. Enumerable.Range(0, shape.Rank)];
        int[] named = Counted(operation, shape, axes);
        Array.Sort(named);
        return named;
    }

    /// <summary>An order of all axes, counted from 0.</summary>
    /// <param name="operation">Whose axes they are, for messages.</param>
    /// <param name="shape">The shape that has them.</param>
    /// <param name="axes">Each axis once.</param>
    /// <exception cref="ShapeException">An axis is missing, is named twice or is none of the shape's.</exception>
    public static int[] Order(string operation, Shape shape, ReadOnlySpan<int> axes)
    {
        if (axes.Length != shape.Rank)
        {
            throw new ShapeException(
                $"{operation}: {axes.Length} axes were named ({Text(axes)}), but {shape} has {shape.Rank}; name each once.");
        }

        return Counted(operation, shape, axes);
    }

    /// <summary>The shape that is left when axes are reduced to one number: without them, or with size 1 in their places.</summary>
    public static Shape Reduced(Shape shape, IReadOnlyCollection<int> axes, bool keepsAxes) => keepsAxes
        ? [.. Enumerable.Range(0, shape.Rank).Select(axis => axes.Contains(axis) ? 1 : shape[axis])]
        : [.. Enumerable.Range(0, shape.Rank).Where(axis => !axes.Contains(axis)).Select(axis => shape[axis])];

    /// <summary>The shape to which two go together by NumPy's rules.</summary>
    /// <param name="operation">For which operation.</param>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    /// <exception cref="ShapeException">An axis has two different sizes, neither of which is 1.</exception>
    public static Shape Common(string operation, Shape x, Shape y)
    {
        int rank = Math.Max(x.Rank, y.Rank);
        int[] common = new int[rank];
        for (int back = 1; back <= rank; back++)
        {
            int ofX = back <= x.Rank ? x[x.Rank - back] : 1, ofY = back <= y.Rank ? y[y.Rank - back] : 1;
            if (ofX != ofY && ofX != 1 && ofY != 1)
            {
                throw new ShapeException(
                    $"{operation}: the shapes {x} and {y} do not go together: axis {-back}, counted from the last, has size {ofX} in one "
                    + $"and {ofY} in the other. The sizes must be equal, or one of them 1.");
            }

            common[rank - back] = ofX == 1 ? ofY : ofX;
        }

        return Shape.Create(common);
    }

    private static int[] Counted(string operation, Shape shape, ReadOnlySpan<int> axes)
    {
        int[] counted = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i] < -shape.Rank || axes[i] >= shape.Rank)
            {
                throw new ShapeException(
                    $"{operation}: {shape} has no axis {axes[i]}; its {shape.Rank} axes are counted from 0, or from -1 backward.");
            }

            counted[i] = axes[i] < 0 ? axes[i] + shape.Rank : axes[i];
            if (Array.IndexOf(counted, counted[i], 0, i) >= 0)
                throw new ShapeException($"{operation}: axis {counted[i]} of {shape} was named twice ({Text(axes)}); name it once.");
        }

        return counted;
    }

    private static string Text(ReadOnlySpan<int> axes) => string.Join(", ", axes.ToArray());
}
