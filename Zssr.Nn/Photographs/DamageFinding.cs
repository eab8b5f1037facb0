using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// What a picture has come with besides being shrunk: noise, and JPEG compression. Put on sons it is what the network learns to undo.
/// <code>
/// DamageFinding found = DamageFinding.Of(image, ZssrPresets.Photo.Damage!);
/// ZssrSettings settings = found.ApplyTo(ZssrPresets.Photo);
/// </code>
/// </summary>
public sealed record DamageFinding
{
    /// <summary>Less noise than this is not worth a change, and no estimate can tell it from fine texture.</summary>
    public const double LeastNoise = 2.0 / 255;

    /// <summary>The deviation of Y where red, green and blue have noise of deviation 1: √(0.299² + 0.587² + 0.114²).</summary>
    private const double BrightnessOfNoise = 0.66856;

    /// <summary>
    /// How much of the picture's noise sons get: their fathers, which are made from the picture, have noise of their own, of which shrinking
    /// leaves them a part. Found on a few pictures; all of it gave up to 0.1 dB less.
    /// </summary>
    private const double SonShare = 0.75;

    /// <summary>Channels whose noise differs by less than this share are treated alike.</summary>
    private const double Alike = 0.2;

    private DamageFinding()
    {
    }

    /// <summary>The noise of each channel; null for none.</summary>
    public IReadOnlyList<NoiseLevel>? Noise { get; private init; }

    /// <summary>How the picture was compressed; null if it was not.</summary>
    public JpegCompression? Compression { get; private init; }

    /// <summary>What the compression was found by: "by its file", "by its pixels" or "as given".</summary>
    public string CompressionSource { get; private init; } = "";

    /// <summary>Root mean square of what the compression has changed, with values 0…1, estimated by compressing again elsewhere.</summary>
    public double CompressionError { get; private init; }

    /// <summary>The mean standard deviation of the noise, with values 0…1; of a sloped one, in middle gray.</summary>
    public double NoiseStd => Noise is null ? 0 : Math.Sqrt(Noise.Average(level => level.At(0.5) * level.At(0.5)));

    /// <summary>Whether there is neither noise nor compression.</summary>
    public bool IsClean => Noise is null && Compression is null;

    /// <summary>What was found, in a few words, as for "the picture has …".</summary>
    public string Description => (Noise, Compression) switch
    {
        (null, null) => "neither noise nor JPEG damage that shows",
        (not null, null) => NoiseWords,
        (null, not null) => CompressionWords,
        _ => $"{NoiseWords}, and {CompressionWords}",
    };

    /// <summary>Looks at a picture.</summary>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <param name="asked">What is known, and what is to be found out.</param>
    /// <param name="ofFile">How the picture's file is compressed, if it is a JPEG.</param>
    public static DamageFinding Of(Tensor image, DamageSettings asked, JpegCompression? ofFile = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(asked);
        HostImage pixels = HostImage.Of(image);
        (JpegCompression? compression, string source) =
            asked.JpegQuality > 0 ? (JpegCompression.OfQuality(asked.JpegQuality), "as given")
            : !asked.FindsCompression ? (null, "")
            : ofFile is not null ? (ofFile, "by its file")
            : (CompressionSearch.Find(pixels), "by its pixels");
        NoiseLevel[]? noise = asked.EstimatesNoise ? Estimated(pixels, compression)
            : asked.NoiseStd > 0 ? [.. Enumerable.Repeat(new NoiseLevel(asked.NoiseStd), pixels.Channels)] : null;
        return new DamageFinding
        {
            Noise = noise,
            Compression = compression,
            CompressionSource = source,
            CompressionError = compression is null ? 0 : ErrorOf(pixels, compression),
        };
    }

    /// <summary>
    /// Settings whose sons have the same damage, and whose back-projection ends where the damage explains the rest. They ask for nothing any
    /// more; where nothing was found, that is all that changes.
    /// </summary>
    public ZssrSettings ApplyTo(ZssrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings = settings with { Damage = null };
        if (IsClean)
            return settings;
        bool isUniform = Noise is null || Noise.All(level => level.Slope == 0 && Math.Abs(level.Constant - NoiseStd) <= Alike * NoiseStd);
        return settings with
        {
            Pairs = settings.Pairs with
            {
                NoiseStd = Noise is null ? settings.Pairs.NoiseStd : isUniform ? SonShare * NoiseStd : 0,
                ChannelNoise = isUniform ? null : [.. Noise!.Select(level => new NoiseLevel(SonShare * level.Constant, SonShare * level.Slope))],
                Compression = Compression,
            },
            Inference = settings.Inference with
            {
                BackProjectCopies = false,
                Discrepancy = Math.Sqrt(NoiseStd * NoiseStd + CompressionError * CompressionError),
            },
        };
    }

    private string NoiseWords => Noise!.Any(level => level.Slope != 0)
        ? Words($"noise of {255 * NoiseStd:F1} levels of 255 in middle gray, and more where it is brighter")
        : Words($"noise of {255 * NoiseStd:F1} levels of 255");

    private string CompressionWords => Words($"JPEG compression of about quality {Compression!.NearestQuality} ({CompressionSource})");

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static NoiseLevel[]? Estimated(HostImage pixels, JpegCompression? compression)
    {
        NoiseLevel[]? levels = compression is null ? NoiseEstimate.Of(pixels) : BeforeCompression(pixels, compression);
        return levels is not null && levels.Average(level => level.At(0.5)) >= LeastNoise ? levels : null;
    }

    private static NoiseLevel[]? BeforeCompression(HostImage pixels, JpegCompression compression)
    {
        float[] brightness = pixels.Brightness();
        (int top, int left) = CompressionSearch.GridOf(brightness, pixels.Height, pixels.Width, compression.Luma);
        var blocks = BlockCoefficients.Of(brightness, pixels.Height, pixels.Width, top, left);
        return CompressedNoise.Of(blocks, compression.Luma) is { } deviation
            ? [.. Enumerable.Repeat(new NoiseLevel(deviation / (pixels.Channels == 3 ? BrightnessOfNoise : 1)), pixels.Channels)] : null;
    }

    /// <summary>Compressed once more with blocks half a block away, a picture loses about as much as it did before.</summary>
    private static double ErrorOf(HostImage pixels, JpegCompression compression)
    {
        const int HalfBlock = JpegCompression.Side / 2;
        float[] again = [.. pixels.Values];
        JpegDamage.Apply(
            again, pixels.Height, pixels.Width, pixels.Channels, compression, HalfBlock * compression.Down, HalfBlock * compression.Across);
        double squares = 0;
        for (int i = 0; i < again.Length; i++)
            squares += (again[i] - (double)pixels.Values[i]) * (again[i] - pixels.Values[i]);
        return Math.Sqrt(squares / again.Length);
    }
}
