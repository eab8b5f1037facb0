namespace Zssr.Tensors;

/// <summary>Sums, maxima, means and variances on the host. The same call on the same host gives the same bits again.</summary>
internal static unsafe class HostReductions
{
    /// <summary>Σ x[i] / divisor; 0 for no elements.</summary>
    public static float Sum(Host host, float* x, int count, double divisor = 1)
    {
        double* partials = Partials(host, 1);
        var work = new SumWork(x, count, partials);
        host.Run(work);
        double sum = 0;
        for (int part = 0; part < host.Parts(work.Cost); part++)
            sum += partials[part];
        return (float)(sum / divisor);
    }

    /// <summary>The largest x[i]; NaN where any x[i] is NaN, −∞ for no elements.</summary>
    public static float Max(Host host, float* x, int count)
    {
        double* partials = Partials(host, 1);
        var work = new MaxWork(x, count, partials);
        host.Run(work);
        double max = double.NegativeInfinity;
        for (int part = 0; part < host.Parts(work.Cost); part++)
            max = Math.Max(max, partials[part]);
        return (float)max;
    }

    /// <summary>sums[c] = Σ over rows of x[row, c] / divisor: the gradient of a bias, or a mean.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[rows, channels].</param>
    /// <param name="rows">Pixels of all images.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="sums">[channels]; overwritten.</param>
    /// <param name="divisor">1, or the number of rows for a mean.</param>
    public static void ChannelSums(Host host, float* x, int rows, int channels, float* sums, double divisor = 1) =>
        ChannelReduction<Itself>(host, x, rows, channels, null, divisor, sums);

    /// <summary>mean[c] = Σ x[row, c] / rows; variance[c] = Σ (x[row, c] − mean[c])² / rows (the population's). NaN for no rows.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="x">[rows, channels].</param>
    /// <param name="rows">Pixels of all images.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="mean">[channels]; overwritten.</param>
    /// <param name="variance">[channels]; overwritten.</param>
    public static void ChannelMoments(Host host, float* x, int rows, int channels, float* mean, float* variance)
    {
        ChannelReduction<Itself>(host, x, rows, channels, null, rows, mean);
        ChannelReduction<SquaredDeviation>(host, x, rows, channels, mean, rows, variance);
    }

    private static void ChannelReduction<TTerm>(
        Host host, float* x, int rows, int channels, float* centre, double divisor, float* result)
        where TTerm : struct, IChannelTerm
    {
        double* partials = Partials(host, channels);
        var work = new ChannelSumWork<TTerm>(x, rows, channels, centre, partials);
        host.Run(work);
        int parts = host.Parts(work.Cost);
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = 0;
            for (int part = 0; part < parts; part++)
                sum += partials[(nint)part * channels + channel];
            result[channel] = (float)(sum / divisor);
        }
    }

    /// <summary>Room for so many sums in every part.</summary>
    internal static double* Partials(Host host, int perPart) =>
        (double*)host.Shared.Reserve((long)host.Threads * perPart * (sizeof(double) / sizeof(float)));
}
