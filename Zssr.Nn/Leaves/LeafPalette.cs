namespace Zssr.Nn;

/// <summary>
/// The colours of a drawing. As in photographs most of the variety is brightness, some is between blue and yellow, little between red and
/// green; drawings differ in brightness, contrast and colourfulness as photographs do.
/// </summary>
/// <remarks>
/// D. L. Ruderman, T. W. Cronin, C.-C. Chiao, "Statistics of cone responses to natural images", 1998: the three directions, and that they
/// are nearly independent.
/// </remarks>
internal sealed class LeafPalette
{
    private readonly double _dark, _bright, _blueYellow, _redGreen, _castBlueYellow, _castRedGreen;
    private readonly bool _isMostlyDark;

    /// <summary>The palette of a drawing.</summary>
    public LeafPalette(LeafRandom random)
    {
        double middle = random.Between(0.25, 0.7), contrast = random.Between(0.12, 0.45);
        (_dark, _bright, _isMostlyDark) = (middle - contrast, middle + contrast, random.Chance(0.4));
        double chroma = random.Chance(0.1) ? 0 : random.Between(0.01, 0.14);
        (_blueYellow, _redGreen) = (chroma, chroma / 2);
        (_castBlueYellow, _castRedGreen) = (random.Bell() * chroma, random.Bell() * chroma / 2);
    }

    /// <summary>A colour of it: red, green and blue, about 0…1.</summary>
    public (double Red, double Green, double Blue) Draw(LeafRandom random)
    {
        double share = random.Between(0, 1);
        double brightness = _dark + (_bright - _dark) * (_isMostlyDark ? share * share : share);
        double yellow = _castBlueYellow + random.Bell() * _blueYellow, red = _castRedGreen + random.Bell() * _redGreen;
        return (brightness + yellow / 2 + red, brightness + yellow / 2 - red, brightness - yellow);
    }
}
