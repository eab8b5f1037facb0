using Zssr.Tensors;

namespace Zssr.Tests.Simd;

/// <summary>Convolution and its gradients by definition, in float64, term by term.</summary>
internal static class Conv2dReference
{
    public static double[] Forward(float[] x, float[] w, float[]? bias, Conv2dGeometry g)
    {
        double[] y = new double[g.Output.ElementCount];
        ForEachTerm(g, (xi, wi, yi) => y[yi] += (double)x[xi] * w[wi]);
        for (int i = 0; i < y.Length; i++)
            y[i] += bias?[i % g.OutputChannels] ?? 0;
        return y;
    }

    public static double[] InputGradient(float[] dy, float[] w, Conv2dGeometry g)
    {
        double[] dx = new double[g.Input.ElementCount];
        ForEachTerm(g, (xi, wi, yi) => dx[xi] += (double)dy[yi] * w[wi]);
        return dx;
    }

    public static double[] WeightGradient(float[] x, float[] dy, Conv2dGeometry g)
    {
        double[] dw = new double[g.Weight.ElementCount];
        ForEachTerm(g, (xi, wi, yi) => dw[wi] += (double)x[xi] * dy[yi]);
        return dw;
    }

    /// <summary>Every product x[…]·w[…] that y is made of, as indexes into the three.</summary>
    private static void ForEachTerm(Conv2dGeometry g, Action<int, int, int> term)
    {
        for (int n = 0; n < g.Batch; n++)
            for (int i = 0; i < g.OutputHeight; i++)
                for (int j = 0; j < g.OutputWidth; j++)
                    for (int u = 0; u < g.KernelHeight; u++)
                        for (int v = 0; v < g.KernelWidth; v++)
                        {
                            int row = i * g.Stride + u - g.Padding, column = j * g.Stride + v - g.Padding;
                            if (row < 0 || row >= g.InputHeight || column < 0 || column >= g.InputWidth)
                                continue;
                            for (int c = 0; c < g.InputChannels; c++)
                                for (int k = 0; k < g.OutputChannels; k++)
                                {
                                    term(
                                        ((n * g.InputHeight + row) * g.InputWidth + column) * g.InputChannels + c,
                                        ((u * g.KernelWidth + v) * g.InputChannels + c) * g.OutputChannels + k,
                                        ((n * g.OutputHeight + i) * g.OutputWidth + j) * g.OutputChannels + k);
                                }
                        }
    }
}
