using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the losses and of the optimisers' updates.</summary>
internal static class LossCases
{
    public static IEnumerable<OpCase> All() => Losses().Concat(Updates());

    private static IEnumerable<OpCase> Losses()
    {
        foreach (Shape shape in new Shape[] { [1], [7], [2, 3, 5, 3] })
        {
            // Targets lie beyond x, so that no difference is near its kink at 0; the equal elements come in a case of their own.
            HostArray x = CaseInputs.Arbitrary(shape, 31), target = CaseInputs.Positive(shape, 32).Map(v => v + 1);
            yield return OpCase.Of(
                "L1 loss", $"{shape}", x, target, (x, t) => L1LossFunction.Apply(x, t), (x, t) => L1(x, t)).Sum();
            yield return OpCase.Of(
                "MSE loss", $"{shape}", x, target, (x, t) => MeanSquaredLossFunction.Apply(x, t), (x, t) => MeanSquared(x, t)).Sum();
        }

        HostArray image = CaseInputs.Arbitrary([2, 3, 2, 3], 33), other = CaseInputs.Positive([2, 3, 2, 3], 34).Map(v => v + 1);
        HostArray weights = CaseInputs.Positive([2, 3, 2, 1], 35);
        yield return OpCase.Of(
            "L1 loss", "weight per pixel", image, other,
            (x, t) => L1LossFunction.Apply(x, t, Constant(x, weights)), (x, t) => L1(x, t, weights)).Sum();
        yield return OpCase.Of(
            "MSE loss", "weight per pixel", image, other,
            (x, t) => MeanSquaredLossFunction.Apply(x, t, Constant(x, weights)), (x, t) => MeanSquared(x, t, weights)).Sum();
        yield return new OpCase(
            "L1 loss", "gradient where equal", [new([4], [1, 2, 3, 4]), new([4], [1, 3, 3, 0])],
            t =>
            {
                using Tensor one = Tensor.Full(t[0].Device, [], 1, t[0].DType);
                return Loss.L1Gradient(t[0], t[1], null, one);
            },
            _ => new HostArray([4], [0, -0.25, 0, 0.25])).Quick();
    }

    private static IEnumerable<OpCase> Updates()
    {
        HostArray weights = CaseInputs.Arbitrary([101], 36), gradients = CaseInputs.Arbitrary([101], 37);
        HostArray firstMoments = CaseInputs.Arbitrary([101], 38), secondMoments = CaseInputs.Positive([101], 39);
        yield return new OpCase(
            "Adam", "step 3", [weights, gradients, firstMoments, secondMoments],
            t =>
            {
                // The update is in place; the case's inputs must stay as they are for a second run.
                Tensor parameter = Elementwise.Add(t[0], 0);
                using Tensor first = Elementwise.Add(t[2], 0), second = Elementwise.Add(t[3], 0);
                AdamUpdate.Apply(parameter, t[1], first, second, step: 3, learningRate: 0.01);
                return parameter;
            },
            h => Adam(h[0], h[1], h[2], h[3], step: 3, learningRate: 0.01)).Quick();
        foreach (Shape shape in new Shape[] { [3, 3, 2, 5], [1, 1, 3, 8] })
        {
            yield return new OpCase(
                "Muon", $"{shape}", [CaseInputs.Arbitrary(shape, 51), CaseInputs.Arbitrary(shape, 52), CaseInputs.Arbitrary(shape, 53)],
                t =>
                {
                    Tensor parameter = Elementwise.Add(t[0], 0);
                    using Tensor velocity = Elementwise.Add(t[2], 0);
                    MuonUpdate.Apply(parameter, t[1], velocity, learningRate: 0.1);
                    return parameter;
                },
                h => PlainMuon.Step(h[0], h[1], h[2], learningRate: 0.1)).Sum(tolerance32: 1e-5).Quick();
        }
    }

    private static HostArray L1(HostArray x, HostArray target, HostArray? weights = null) =>
        HostArray.Scalar(x.Data.Select((v, i) => Weight(x, weights, i) * Math.Abs(v - target.Data[i])).Average());

    private static HostArray MeanSquared(HostArray x, HostArray target, HostArray? weights = null) =>
        HostArray.Scalar(x.Data.Select((v, i) => Weight(x, weights, i) * (v - target.Data[i]) * (v - target.Data[i])).Average());

    private static double Weight(HostArray x, HostArray? weights, int i) => weights is null ? 1 : weights.Data[i / x.Shape[^1]];

    private static Variable Constant(Variable like, HostArray values)
    {
        using Tensor tensor = values.On(like.Value.Device, like.DType);
        return like.Tape.Constant(tensor);
    }

    /// <summary>Kingma and Ba 2015, algorithm 1.</summary>
    private static HostArray Adam(
        HostArray parameter, HostArray gradient, HostArray first, HostArray second, int step, double learningRate)
    {
        return new HostArray(parameter.Shape, [.. parameter.Data.Select(Updated)]);

        double Updated(double weight, int i)
        {
            double g = gradient.Data[i];
            double m = (0.9 * first.Data[i] + 0.1 * g) / (1 - Math.Pow(0.9, step));
            double v = (0.999 * second.Data[i] + 0.001 * g * g) / (1 - Math.Pow(0.999, step));
            return weight - learningRate * m / (Math.Sqrt(v) + 1e-8);
        }
    }
}
