namespace Zssr.Tensors;

/// <summary>
/// A walk over a tensor with an own step for each axis: element [i₀, i₁, …] of the result is element Σ iₐ · stepₐ of the source. A step of 0
/// repeats the source along an axis; steps in another order than the source's exchange its axes.
/// </summary>
/// <remarks>
/// Six axes, the outermost first, written out by name, for kernels keep arrays nowhere; axes that are not needed have size 1. Neighbouring
/// axes that are walked as one are one here, so more than six of them seldom remain.
/// </remarks>
internal readonly record struct StridedGeometry(
    int Size1, int Size2, int Size3, int Size4, int Size5, int Step0, int Step1, int Step2, int Step3, int Step4, int Step5)
{
    /// <summary>The most axes.</summary>
    public const int MostAxes = 6;

    /// <summary>The walk of a result of these sizes, with these steps through the source, the outermost axis first.</summary>
    /// <exception cref="ShapeException">After axes that can be walked as one have been joined, more than six are left.</exception>
    public static StridedGeometry Of(string operation, ReadOnlySpan<int> sizes, ReadOnlySpan<int> steps)
    {
        var joined = new List<(int Size, int Step)>();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 1)
                continue;
            if (joined.Count > 0 && joined[^1].Step == sizes[axis] * steps[axis])
                joined[^1] = (joined[^1].Size * sizes[axis], steps[axis]);
            else
                joined.Add((sizes[axis], steps[axis]));
        }

        if (joined.Count > MostAxes)
        {
            throw new ShapeException(
                $"{operation}: {Shape.Create(sizes)} needs a walk over {joined.Count} separate axes; there may be {MostAxes}. "
                + "Do it in two steps, or reshape axes into one.");
        }

        while (joined.Count < MostAxes)
            joined.Insert(0, (1, 0));
        return new StridedGeometry(
            joined[1].Size, joined[2].Size, joined[3].Size, joined[4].Size, joined[5].Size,
            joined[0].Step, joined[1].Step, joined[2].Step, joined[3].Step, joined[4].Step, joined[5].Step);
    }

    /// <summary>Where the source has element number <paramref name="index"/> of the result.</summary>
    public int SourceOf(int index)
    {
        int source = index % Size5 * Step5;
        index /= Size5;
        source += index % Size4 * Step4;
        index /= Size4;
        source += index % Size3 * Step3;
        index /= Size3;
        source += index % Size2 * Step2;
        index /= Size2;
        source += index % Size1 * Step1;
        return source + index / Size1 * Step0;
    }
}
