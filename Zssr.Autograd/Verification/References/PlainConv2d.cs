using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>The convolution and its gradients as their definitions: every product of the sum, one after the other.</summary>
internal static class PlainConv2d
{
    /// <summary>y[n, i, j, k] = bias[k] + Σ x[n, i·s + u − p, j·s + v − p, c] · w[u, v, c, k].</summary>
    public static HostArray Forward(HostArray x, HostArray w, HostArray? bias, int stride, int padding)
    {
        int height = (x.Shape[1] + 2 * padding - w.Shape[0]) / stride + 1, width = (x.Shape[2] + 2 * padding - w.Shape[1]) / stride + 1;
        var y = HostArray.Zeros([x.Shape[0], height, width, w.Shape[3]]);
        for (int i = 0; i < y.Data.Length; i++)
            y.Data[i] = bias?.Data[i % w.Shape[3]] ?? 0;
        EachProduct(x.Shape, w.Shape, y.Shape, stride, padding, (xAt, wAt, yAt) => y.Data[yAt] += x.Data[xAt] * w.Data[wAt]);
        return y;
    }

    /// <summary>dx: every product w · dy goes where x was.</summary>
    public static HostArray InputGradient(HostArray dy, HostArray w, int height, int width, int stride, int padding)
    {
        var dx = HostArray.Zeros([dy.Shape[0], height, width, w.Shape[2]]);
        EachProduct(dx.Shape, w.Shape, dy.Shape, stride, padding, (xAt, wAt, yAt) => dx.Data[xAt] += w.Data[wAt] * dy.Data[yAt]);
        return dx;
    }

    /// <summary>dw: every product x · dy goes where w was.</summary>
    public static HostArray WeightGradient(HostArray x, HostArray dy, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        var dw = HostArray.Zeros([kernelHeight, kernelWidth, x.Shape[3], dy.Shape[3]]);
        EachProduct(x.Shape, dw.Shape, dy.Shape, stride, padding, (xAt, wAt, yAt) => dw.Data[wAt] += x.Data[xAt] * dy.Data[yAt]);
        return dw;
    }

    /// <summary>Calls back with the places in x, w and y of every product; those in the zero padding are left out.</summary>
    private static void EachProduct(Shape x, Shape w, Shape y, int stride, int padding, Action<int, int, int> product)
    {
        for (int n = 0; n < y[0]; n++)
            for (int i = 0; i < y[1]; i++)
                for (int j = 0; j < y[2]; j++)
                    for (int u = 0; u < w[0]; u++)
                        for (int v = 0; v < w[1]; v++)
                        {
                            int row = i * stride + u - padding, column = j * stride + v - padding;
                            if (row < 0 || row >= x[1] || column < 0 || column >= x[2])
                                continue;
                            int xPixel = (n * x[1] + row) * x[2] + column, tap = u * w[1] + v, yPixel = (n * y[1] + i) * y[2] + j;
                            for (int c = 0; c < w[2]; c++)
                                for (int k = 0; k < w[3]; k++)
                                    product(xPixel * x[3] + c, (tap * w[2] + c) * w[3] + k, yPixel * y[3] + k);
                        }
    }
}
