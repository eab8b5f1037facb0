using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.InspectedRuns;

/// <summary>Keeps the pictures of an enlargement.</summary>
/// <param name="peak">The value of white inside the network.</param>
/// <param name="onParameters">Gets the trained network's parameters.</param>
internal sealed class EnlargementWatch(double peak, Action<IReadOnlyList<NamedParameter>> onParameters) : IEnlargementObserver
{
    private readonly List<EnsembleMember> _members = [];

    /// <summary>The image at its new size; null before the enlargement.</summary>
    public Picture? Interpolated { get; private set; }

    /// <summary>What the network is given: that, or the small image; null before the enlargement.</summary>
    public Picture? Given { get; private set; }

    /// <summary>The same, values not cut to 0…peak: interpolation overshoots at edges.</summary>
    public float[] GivenValues { get; private set; } = [];

    public IReadOnlyList<EnsembleMember> Members => _members;

    public Picture? Median { get; private set; }

    public Picture? Projected { get; private set; }

    /// <inheritdoc/>
    public void Begun(Tensor given, Tensor interpolated, IReadOnlyList<NamedParameter> parameters)
    {
        (Given, Interpolated) = (ToPicture(given, peak), ToPicture(interpolated, peak));
        GivenValues = given.ToArray();
        onParameters(parameters);
    }

    /// <inheritdoc/>
    public void Answered(Variant variant, Tensor answer) => _members.Add(new EnsembleMember(variant, ToPicture(answer, peak)));

    /// <inheritdoc/>
    public void Ended(Tensor merged, Tensor projected) => (Median, Projected) = (ToPicture(merged, peak), ToPicture(projected, peak));

    /// <summary>An image with values 0…peak as a picture.</summary>
    public static Picture ToPicture(Tensor image, double peak)
    {
        using Tensor normalised = Elementwise.Multiply(image, 1 / peak);
        return Picture.FromTensor(normalised);
    }
}
