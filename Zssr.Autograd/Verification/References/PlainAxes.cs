using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Axes exchanged, repeated and reduced, element by element from the definition.</summary>
internal static class PlainAxes
{
    /// <summary>y[i] = x[j] with j[axes[a]] = i[a].</summary>
    public static HostArray Permute(HostArray x, params int[] axes) => Build([.. axes.Select(axis => x.Shape[axis])], index =>
    {
        int[] source = new int[axes.Length];
        for (int a = 0; a < axes.Length; a++)
            source[axes[a]] = index[a];
        return At(x, source);
    });

    /// <summary>x repeated by NumPy's rules.</summary>
    public static HostArray Expand(HostArray x, Shape shape) => Build(shape, index =>
        At(x, [.. index[^x.Shape.Rank..].Select((position, axis) => x.Shape[axis] == 1 ? 0 : position)]));

    /// <summary>A function of the elements over some axes, which stay with size 1.</summary>
    public static HostArray Reduce(HostArray x, int[] axes, Func<double[], double> function)
    {
        Shape kept = [.. Enumerable.Range(0, x.Shape.Rank).Select(axis => axes.Contains(axis) ? 1 : x.Shape[axis])];
        return Build(kept, index => function(
            [.. Indexes(x.Shape).Where(j => Enumerable.Range(0, j.Length).All(a => axes.Contains(a) || j[a] == index[a])).Select(j => At(x, j))]));
    }

    /// <summary>A function of two arrays whose shapes go together.</summary>
    public static HostArray Zip(HostArray x, HostArray y, Shape shape, Func<double, double, double> function) =>
        new(shape, [.. Expand(x, shape).Data.Zip(Expand(y, shape).Data, function)]);

    private static HostArray Build(Shape shape, Func<int[], double> element) => new(shape, [.. Indexes(shape).Select(element)]);

    private static double At(HostArray x, int[] index)
    {
        int at = 0;
        for (int axis = 0; axis < index.Length; axis++)
            at = at * x.Shape[axis] + index[axis];
        return x.Data[at];
    }

    /// <summary>The indexes of all elements, in their order.</summary>
    private static IEnumerable<int[]> Indexes(Shape shape)
    {
        for (int element = 0; element < shape.ElementCount; element++)
        {
            int[] index = new int[shape.Rank];
            int rest = element;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            yield return index;
        }
    }
}
