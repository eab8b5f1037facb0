namespace Zssr.Tensors;

/// <summary>partials[part, c] = Σ over the part's pixels of a source that may be masked, for few channels.</summary>
/// <param name="source">[pixels, channels].</param>
/// <param name="pixels">How many.</param>
/// <param name="channels">Floats of a pixel.</param>
/// <param name="partials">[parts, channels].</param>
/// <param name="host">Whose scratch memory is used.</param>
internal readonly unsafe struct PixelSumWork(PixelSource source, int pixels, int channels, double* partials, Host host) : IHostWork
{
    private const int Block = 64;

    public long Cost => (long)pixels * channels;

    /// <summary>sums[c] = Σ source[pixel, c].</summary>
    public static void Run(Host host, PixelSource source, int pixels, int channels, float* sums)
    {
        double* partials = HostReductions.Partials(host, channels);
        var work = new PixelSumWork(source, pixels, channels, partials, host);
        host.Run(work);
        int parts = host.Parts(work.Cost);
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = 0;
            for (int part = 0; part < parts; part++)
                sum += partials[(nint)part * channels + channel];
            sums[channel] = (float)sum;
        }
    }

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        double* sums = partials + (nint)part * channels;
        new Span<double>(sums, channels).Clear();
        float* block = host.Scratch(part).Reserve((long)Block * channels);
        Band band = Band.Of(pixels, part, parts);
        for (int first = band.Start; first < band.End; first += Block)
        {
            int count = Math.Min(Block, band.End - first);
            source.Copy<V, S>(first, count, channels, block);
            for (int i = 0; i < count * channels; i += channels)
            {
                for (int channel = 0; channel < channels; channel++)
                    sums[channel] += block[i + channel];
            }
        }
    }
}
