namespace Zssr.Tests.References;

/// <summary>Reductions as their definitions say, in float64, one element after another.</summary>
public static class ReductionReference
{
    /// <summary>Σ x, with Kahan's compensation: exact to the last digits, whatever the length.</summary>
    public static double Sum(double[] x)
    {
        double sum = 0, lost = 0;
        foreach (double element in x)
        {
            double term = element - lost;
            double next = sum + term;
            lost = next - sum - term;
            sum = next;
        }

        return sum;
    }

    /// <summary>Σ x over the pixels of each channel; x is [pixels, channels].</summary>
    public static double[] SumChannels(double[] x, int channels) => PerChannel(x, channels, Sum);

    /// <summary>The mean of each channel; x is [pixels, channels].</summary>
    public static double[] MeanChannels(double[] x, int channels) => PerChannel(x, channels, channel => Sum(channel) / channel.Length);

    /// <summary>The population variance of each channel; x is [pixels, channels].</summary>
    public static double[] VarianceChannels(double[] x, int channels) => PerChannel(x, channels, channel =>
    {
        double mean = Sum(channel) / channel.Length;
        return Sum(Array.ConvertAll(channel, element => (element - mean) * (element - mean))) / channel.Length;
    });

    private static double[] PerChannel(double[] x, int channels, Func<double[], double> reduce)
    {
        double[] results = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            double[] channel = new double[x.Length / channels];
            for (int pixel = 0; pixel < channel.Length; pixel++)
                channel[pixel] = x[pixel * channels + c];
            results[c] = reduce(channel);
        }

        return results;
    }
}
