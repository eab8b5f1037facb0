using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>y[i] = x[the source of i], a run of the innermost axis at a time.</summary>
/// <param name="x">The source.</param>
/// <param name="y">The result; overwritten.</param>
/// <param name="count">Elements of the result.</param>
/// <param name="geometry">The walk.</param>
internal readonly unsafe struct StridedWork(float* x, float* y, int count, StridedGeometry geometry) : IHostWork
{
    public long Cost => count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int length = geometry.Size5, step = geometry.Step5;
        Band runs = Band.Of(count / length, part, parts);
        for (int run = runs.Start; run < runs.End; run++)
        {
            float* from = x + geometry.SourceOf(run * length);
            var to = new Span<float>(y + (nint)run * length, length);
            if (step == 1)
                new ReadOnlySpan<float>(from, length).CopyTo(to);
            else if (step == 0)
                to.Fill(*from);
            else
                Gather(from, step, to);
        }
    }

    private static void Gather(float* from, int step, Span<float> to)
    {
        for (int i = 0; i < to.Length; i++, from += step)
            to[i] = *from;
    }
}
