namespace Zssr.Autograd.Verification;

/// <summary>Muon as its definition (Jordan et al. 2024).</summary>
internal static class PlainMuon
{
    private const double Momentum = 0.95;

    /// <summary>The weights [..., outputs] after a step.</summary>
    public static HostArray Step(HostArray weight, HostArray gradient, HostArray velocity, double learningRate)
    {
        int outputs = weight.Shape[^1], inputs = weight.Data.Length / outputs;
        double[] direction = [.. gradient.Data.Zip(velocity.Data, (g, v) => g + Momentum * (Momentum * v + g))];
        HostArray step = Orthogonalized(new HostArray([inputs, outputs], direction));
        double scale = learningRate * Math.Sqrt(Math.Max(1, (double)outputs / inputs));
        return new HostArray(weight.Shape, [.. weight.Data.Zip(step.Data, (w, o) => w - scale * o)]);
    }

    /// <summary>X ← a·X + (b·A + c·A²)·X with A = XXᵀ, five times from M / ‖M‖ on.</summary>
    private static HostArray Orthogonalized(HostArray matrix)
    {
        double norm = Math.Sqrt(matrix.Data.Sum(v => v * v));
        HostArray x = matrix.Map(v => v / norm);
        for (int step = 0; step < 5; step++)
        {
            HostArray gram = PlainMatMul.Multiply(x, x, transposeB: true), squared = PlainMatMul.Multiply(gram, gram);
            HostArray added = PlainMatMul.Multiply(Sum(-4.7750, gram, 2.0315, squared), x);
            x = Sum(3.4445, x, 1, added);
        }

        return x;
    }

    private static HostArray Sum(double a, HostArray x, double b, HostArray y) =>
        new(x.Shape, [.. x.Data.Zip(y.Data, (v, w) => a * v + b * w)]);
}
