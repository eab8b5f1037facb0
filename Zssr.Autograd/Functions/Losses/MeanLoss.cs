using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// A loss that is the mean of w·ℓ(x − target) over all elements: ℓ(d) = |d|, or ℓ(d) = d². What is different between the two is here.
/// </summary>
/// <param name="Name">What functions are called after it.</param>
/// <param name="Value">The loss of x, target and weights.</param>
/// <param name="Gradient">scale · w·ℓ′(x − target) / n, of x's shape, for x, target, weights and scale.</param>
/// <param name="IsSmooth">Whether ℓ′ is linear, as 2d is. Otherwise it is constant between its steps, as the sign of d is.</param>
internal sealed record MeanLoss(
    string Name, Func<Tensor, Tensor, Tensor?, Tensor> Value, Func<Tensor, Tensor, Tensor?, Tensor, Tensor> Gradient, bool IsSmooth)
{
    public static MeanLoss L1 { get; } = new("L1Loss", Loss.L1, Loss.L1Gradient, IsSmooth: false);

    public static MeanLoss MeanSquared { get; } = new("MeanSquaredLoss", Loss.MeanSquared, Loss.MeanSquaredGradient, IsSmooth: true);
}
