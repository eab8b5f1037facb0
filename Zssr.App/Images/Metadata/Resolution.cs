namespace Zssr.App.Images.Metadata;

/// <summary>How large pixels are meant to be.</summary>
/// <param name="Horizontal">Pixels a metre; without a unit, as many as <paramref name="Vertical"/> are equally long.</param>
/// <param name="Vertical">Likewise from top to bottom.</param>
/// <param name="PerMetre">Whether the unit is known.</param>
internal sealed record Resolution(double Horizontal, double Vertical, bool PerMetre)
{
    /// <summary>Metres in an inch.</summary>
    public const double Inch = 0.0254;

    /// <summary>That of the picture enlarged by scales: it has the same size on paper.</summary>
    public Resolution Scaled(double vertical, double horizontal) =>
        this with { Horizontal = Horizontal * horizontal, Vertical = Vertical * vertical };

    /// <summary>That of the picture with rows and columns exchanged.</summary>
    public Resolution Swapped() => this with { Horizontal = Vertical, Vertical = Horizontal };
}
