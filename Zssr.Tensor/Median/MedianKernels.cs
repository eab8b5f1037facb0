using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>
/// The median along the first axis of a stack x [n, count], one work-item a column. Nothing is sorted, since a kernel has no array
/// of changeable length: an element's rank, the place it would have in the sorted column, is the number of elements below it,
/// plus the equal ones that stand before it. Ranks are all different, and n² comparisons are few for the dozen of an ensemble.
/// </summary>
internal static class MedianKernels
{
    /// <summary>
    /// y[i] = the mean of the two of x[0, i], …, x[n − 1, i] whose ranks are lowerRank and upperRank; NaN where one of the n is NaN.
    /// </summary>
    public static void OfStack<T>(ArrayView<T> x, ArrayView<T> y, int n, int lowerRank, int upperRank)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = y.IntLength;
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < count; i += stride)
        {
            int numbers = 0;
            T notANumber = T.Zero;
            T lower = T.Zero;
            T upper = T.Zero;
            for (int k = 0; k < n; k++)
            {
                T candidate = x[k * count + i];
                int isNumber = IsNumber(candidate);
                int rank = Rank(x, candidate, k, i, n, count);
                numbers += isNumber;
                notANumber = isNumber == 0 ? candidate : notANumber;
                lower = rank == lowerRank ? candidate : lower;
                upper = rank == upperRank ? candidate : upper;
            }

            // A single middle value is taken as it is: twice it may overflow.
            T middle = lowerRank == upperRank ? lower : (lower + upper) / (T.One + T.One);
            y[i] = numbers == n ? middle : notANumber;
        }
    }

    /// <summary>
    /// weights[k, i] = share where the rank of x[k, i] is lowerRank or upperRank, 0 elsewhere; in a column with NaN, 1 at the first NaN.
    /// </summary>
    public static void SelectionWeights<T>(ArrayView<T> x, ArrayView<T> weights, int n, int lowerRank, int upperRank, T share)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = x.IntLength / n;
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < count; i += stride)
        {
            int firstNaN = n;
            for (int k = n - 1; k >= 0; k--)
                firstNaN = IsNumber(x[k * count + i]) == 0 ? k : firstNaN;

            for (int k = 0; k < n; k++)
            {
                int rank = Rank(x, x[k * count + i], k, i, n, count);
                T byRank = rank == lowerRank ? share : rank == upperRank ? share : T.Zero;
                T byNaN = k == firstNaN ? T.One : T.Zero;
                weights[k * count + i] = firstNaN == n ? byRank : byNaN;
            }
        }
    }

    /// <summary>The place of x[k, i], the candidate, in its sorted column. Without meaning in a column with NaN.</summary>
    private static int Rank<T>(ArrayView<T> x, T candidate, int k, int i, int n, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = 0;
        for (int other = 0; other < n; other++)
        {
            T value = x[other * count + i];
            int before = other < k ? 1 : 0;
            rank += value < candidate ? 1 : value == candidate ? before : 0;
        }

        return rank;
    }

    /// <summary>
    /// 1 for numbers, infinities among them; 0 for NaN, of which every comparison is false. (ILGPU's IsNaN is always false on OpenCL.)
    /// </summary>
    private static int IsNumber<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        value < T.Zero ? 1 : value > T.Zero ? 1 : value == T.Zero ? 1 : 0;
}
