using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// What training makes small: the mean of w · ρ(output − father), with ρ(d) = |d|, d², or Charbonnier's √(d² + ε²) (Charbonnier et al.
/// 1994; Lai et al. 2017 use it for super-resolution), which is |d| with its corner at 0 rounded off.
/// </summary>
/// <remarks>
/// The weights w are 1, or with λ of <see cref="TrainingSettings.GradientWeight"/> (1 + λ · g / mean g) / (1 + λ), one a pixel, with g
/// the father's <see cref="GradientMagnitude"/>: edges count more, and the mean weight of a father is 1.
/// </remarks>
internal sealed class TrainingLoss(TrainingSettings settings, double peak)
{
    /// <summary>Keeps the weights of a father without any edge from being 0 / 0; far below a level of any image.</summary>
    private const double LeastMean = 1e-12;

    /// <summary>The largest loss that the answer "gray", half of white, can have.</summary>
    public double OfGray => settings.Loss == LossKind.Mse ? peak * peak / 4 : peak / 2;

    /// <summary>The loss of an answer that is right but for the rounding of 8-bit images: wrong by half a level everywhere.</summary>
    public double OfRounding
    {
        get
        {
            double difference = peak / 255 / 2, epsilon = settings.CharbonnierEpsilon * peak;
            return settings.Loss switch
            {
                LossKind.L1 => difference,
                LossKind.Mse => difference * difference,
                _ => Math.Sqrt(difference * difference + epsilon * epsilon),
            };
        }
    }

    /// <summary>The loss, a single number [], of the network's answer to sons.</summary>
    /// <param name="output">The answer, [N, H, W, C].</param>
    /// <param name="fathers">What it should be, of the same shape; not followed by gradients.</param>
    public Variable Of(Variable output, Tensor fathers)
    {
        Variable father = output.Tape.Constant(fathers);
        using Tensor? weights = settings.GradientWeight > 0 ? Weights(fathers) : null;
        Variable? w = weights is null ? null : output.Tape.Constant(weights);
        return settings.Loss switch
        {
            LossKind.L1 => L1LossFunction.Apply(output, father, w),
            LossKind.Mse => MeanSquaredLossFunction.Apply(output, father, w),
            _ => Charbonnier(output - father, w),
        };
    }

    private Variable Charbonnier(Variable difference, Variable? weights)
    {
        double epsilon = settings.CharbonnierEpsilon * peak;
        Variable rounded = SqrtFunction.Apply(SquareFunction.Apply(difference) + epsilon * epsilon);
        if (weights is null)
            return MeanFunction.Apply(rounded);
        Variable[] channels = [.. Enumerable.Repeat(weights, difference.Shape[3])];
        return MeanFunction.Apply(rounded * ConcatenateChannelsFunction.Apply(channels));
    }

    /// <summary>The weights of fathers [N, H, W, C], each father by itself: [N, H, W, 1].</summary>
    private Tensor Weights(Tensor fathers)
    {
        double lambda = settings.GradientWeight;
        using Tensor magnitude = GradientMagnitude.Of(fathers);
        var weights = new List<Tensor>();
        try
        {
            for (int n = 0; n < fathers.Shape[0]; n++)
            {
                using Tensor one = Window.Slice(magnitude, axis: 0, n, length: 1);
                using Tensor mean = Reduction.Mean(one);
                using Tensor least = Elementwise.Add(mean, LeastMean * peak);
                using Tensor divisor = least.Reshape([1]);
                using Tensor relative = Elementwise.Divide(one, divisor);
                using Tensor scaled = Elementwise.Multiply(relative, lambda / (1 + lambda));
                weights.Add(Elementwise.Add(scaled, 1 / (1 + lambda)));
            }

            return Concatenation.Batch([.. weights]);
        }
        finally
        {
            foreach (Tensor weight in weights)
                weight.Dispose();
        }
    }
}
