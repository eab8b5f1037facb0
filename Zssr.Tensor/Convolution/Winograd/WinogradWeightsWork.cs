using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// U[ξ] = the ξ-th element of G·w·Gᵀ for every pair of channels: 36 matrices [source channels, target channels], each packed for
/// <see cref="GemmTile"/>.
/// </summary>
/// <param name="plan">The sizes.</param>
/// <param name="weights">[3, 3, C, K].</param>
/// <param name="transformed">36 · <see cref="WinogradPlan.WeightPlane"/> floats.</param>
/// <param name="host">Whose scratch memory is used.</param>
internal readonly unsafe struct WinogradWeightsWork(WinogradPlan plan, float* weights, float* transformed, Host host) : IHostWork
{
    private const int Taps = HostWinogradTransforms.Taps;
    private const int Inputs = HostWinogradTransforms.Inputs;

    public long Cost => (long)HostWinogradTransforms.Products * plan.WeightPlane;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int rows = plan.Source.Channels, columns = plan.Target.Channels;
        float* turned = host.Scratch(part).Reserve(Taps * Taps * columns + Taps * Inputs * S.Lanes);
        float* halfway = turned + Taps * Taps * columns;
        Band band = Band.Of(rows, part, parts);
        for (int row = band.Start; row < band.End; row++)
        {
            // The nine taps of one source channel, and how far it is from one to the next.
            float* taps = weights + (nint)row * columns;
            nint tapStep = plan.Pairs;
            if (plan.Rotated)
            {
                Turn(row, turned);
                taps = turned;
                tapStep = columns;
            }

            for (int start = 0, width; start < columns; start += width)
            {
                width = GemmTile.PanelFor<V, S>((columns - start) / S.Lanes) * S.Lanes;
                float* panelRow = transformed + (nint)start * rows + (nint)row * width;
                for (int lane = 0; lane < width; lane += S.Lanes)
                    Transform<V, S>(taps + start + lane, tapStep, halfway, panelRow + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<V, S>(float* taps, nint tapStep, float* halfway, float* to)
        where V : struct
        where S : struct, ISimd<V>
    {
        for (int j = 0; j < Taps; j++)
            HostWinogradTransforms.Weight<V, S>(taps + j * tapStep, Taps * tapStep, halfway + j * S.Lanes, Taps * S.Lanes);
        for (int i = 0; i < Inputs; i++)
            HostWinogradTransforms.Weight<V, S>(halfway + i * Taps * S.Lanes, S.Lanes, to + (nint)i * Inputs * plan.WeightPlane, plan.WeightPlane);
    }

    /// <summary>turned[tap, c] = w[8 − tap, c, k] for one k: the opposite tap, and the channels' roles swapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn(int k, float* turned)
    {
        int channels = plan.Target.Channels, step = plan.Source.Channels;
        for (int tap = 0; tap < Taps * Taps; tap++)
        {
            float* from = weights + (nint)(Taps * Taps - 1 - tap) * plan.Pairs + k;
            for (int c = 0; c < channels; c++)
                turned[tap * channels + c] = from[(nint)c * step];
        }
    }
}
