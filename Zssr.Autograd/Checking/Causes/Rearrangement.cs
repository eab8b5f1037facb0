using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>An order of a tensor's axes, and axes along which it is flipped after that. A turn by 90° is a transposition and a flip.</summary>
/// <param name="Order">The axis of the source that becomes axis k.</param>
/// <param name="Flipped">The axes of the result that run backwards.</param>
internal sealed record Rearrangement(int[] Order, int[] Flipped)
{
    /// <summary>Whether the axes stay in order.</summary>
    public bool IsFlip => Order.SequenceEqual(Enumerable.Range(0, Order.Length));

    /// <summary><c>flipped along axis 0 and 1</c>.</summary>
    public string Words
    {
        get
        {
            string flipped = $"flipped along axis {string.Join(" and ", Flipped)}";
            string transposed = $"transposed: its numbers are in the order of axes ({string.Join(", ", Order)})";
            return IsFlip ? flipped : Flipped.Length == 0 ? transposed : $"{transposed}, and {flipped}";
        }
    }

    /// <summary>All of a shape but the one that changes nothing: flips first, then orders, then both.</summary>
    public static IEnumerable<Rearrangement> All(Shape shape) => Orders(shape.Rank)
        .SelectMany(order => Subsets(shape.Rank).Select(flipped => new Rearrangement(order, flipped)))
        .Where(change => !change.IsFlip || change.Flipped.Length > 0)
        .Where(change => change.Flipped.All(axis => shape[change.Order[axis]] > 1))
        .OrderBy(change => change.IsFlip ? 0 : change.Flipped.Length == 0 ? 1 : 2);

    /// <summary>Whether the result has the shape of the source.</summary>
    public bool Keeps(Shape shape) => Enumerable.Range(0, Order.Length).All(axis => shape[Order[axis]] == shape[axis]);

    /// <summary>The numbers rearranged.</summary>
    public double[] Of(double[] values, Shape shape)
    {
        Shape target = [.. Order.Select(axis => shape[axis])];
        var result = new double[values.Length];
        var source = new int[Order.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int[] index = Elements.Index(i, target);
            for (int k = 0; k < index.Length; k++)
                source[Order[k]] = Flipped.Contains(k) ? target[k] - 1 - index[k] : index[k];
            result[i] = values[Elements.Flat(source, shape)];
        }

        return result;
    }

    private static IEnumerable<int[]> Subsets(int axes) => Enumerable.Range(0, 1 << axes)
        .Select(set => Enumerable.Range(0, axes).Where(k => (set >> k & 1) != 0).ToArray());

    /// <summary>All orders of the axes, the natural one first.</summary>
    private static IEnumerable<int[]> Orders(int axes)
    {
        if (axes == 0)
            return [[]];
        return Enumerable.Range(0, axes).SelectMany(first =>
            Orders(axes - 1).Select(rest => (int[])[first, .. rest.Select(k => k < first ? k : k + 1)]));
    }
}
