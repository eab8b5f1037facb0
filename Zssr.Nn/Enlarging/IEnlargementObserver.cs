using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Looks inside an <see cref="Enlarger"/> at work: told, in this order, of the network, of each answer to a turned copy, and of the result
/// before and after back-projection. Images are [1, H, W, C], values 0…peak, and are freed after the call.
/// </summary>
public interface IEnlargementObserver
{
    /// <summary>An enlargement begins.</summary>
    /// <param name="given">What the network will see: the interpolated image, or the small one, if the network enlarges itself.</param>
    /// <param name="interpolated">The image interpolated to its new size.</param>
    /// <param name="parameters">The trained network's.</param>
    void Begun(Tensor given, Tensor interpolated, IReadOnlyList<NamedParameter> parameters);

    /// <summary>The network has answered to a copy.</summary>
    /// <param name="variant">How the copy was turned and mirrored.</param>
    /// <param name="answer">The answer, clamped and turned back; not yet back-projected.</param>
    void Answered(Variant variant, Tensor answer);

    /// <summary>The enlargement is done.</summary>
    /// <param name="merged">The median of the copies.</param>
    /// <param name="projected">The same after back-projection: the result.</param>
    void Ended(Tensor merged, Tensor projected);
}
