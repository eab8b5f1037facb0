namespace Zssr.Nn;

/// <summary>
/// What is known, or to be found out, about the damage that the picture has come with. <see cref="DamageFinding"/> looks for it, and puts
/// the same on sons.
/// </summary>
public sealed record DamageSettings
{
    /// <summary>Whether the noise is estimated from the picture; <see cref="NoiseStd"/> is then not used.</summary>
    public bool EstimatesNoise { get; init; }

    /// <summary>The standard deviation of the picture's noise, with values 0…1; 0 for none.</summary>
    public double NoiseStd { get; init; }

    /// <summary>
    /// Whether it is found out how the picture was compressed as a JPEG: from its file, or else from its pixels.
    /// <see cref="JpegQuality"/> is then not used.
    /// </summary>
    public bool FindsCompression { get; init; }

    /// <summary>The quality with which the picture was compressed, 1 to 100, as most programs count it; 0 for not at all.</summary>
    public int JpegQuality { get; init; }

    internal void Validate()
    {
        SettingsCheck.Range("noise", NoiseStd, 0, 1);
        SettingsCheck.Range("JPEG quality", JpegQuality, 0, 100);
    }
}
