namespace Zssr.App.Images.Formats;

/// <summary>How the blocks of a TIFF image are packed.</summary>
internal enum TiffPacking
{
    /// <summary>Not at all.</summary>
    None = 1,

    /// <summary>LZW.</summary>
    Lzw = 5,

    /// <summary>Deflate.</summary>
    Deflate = 8,

    /// <summary>Runs of bytes.</summary>
    PackBits = 32773,
}

/// <summary>What the numbers of a TIFF image are.</summary>
internal enum TiffColors
{
    /// <summary>Gray, 0 is white.</summary>
    WhiteIsZero = 0,

    /// <summary>Gray, 0 is black.</summary>
    BlackIsZero = 1,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>The number of a colour in a table.</summary>
    Palette = 3,

    /// <summary>Cyan, magenta, yellow, black.</summary>
    Cmyk = 5,
}

/// <summary>How a TIFF image is stored, but for the places of its blocks.</summary>
/// <remarks>Source: TIFF 6.0, sections 3 to 6, 8, 14, 15, 16 and 18.</remarks>
internal sealed class TiffHeader
{
    private const int MostSamples = 8;
    private const int AlphaTimesColor = 1, Alpha = 2; // kinds of further samples
    private const int OldDeflate = 32946;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    /// <exception cref="NotSupportedException">It is of a kind that is not read.</exception>
    public TiffHeader(TiffDirectory directory)
    {
        if (directory.Has(TiffTag.RawVersion))
            throw new NotSupportedException("with the raw data of a camera (DNG)");
        if ((directory.Number(TiffTag.Kind, 0) & 1) != 0)
            throw new NotSupportedException("that begins with the thumbnail of another one");
        BigEndian = directory.BigEndian;
        Packing = PackingOf(directory.Number(TiffTag.Compression, 1));
        Colors = ColorsOf(directory.Number(TiffTag.Colors, -1));
        if (Colors == TiffColors.Cmyk && directory.Number(TiffTag.Inks, 1) != 1)
            throw new NotSupportedException("with inks other than those of CMYK");
        if (directory.Number(TiffTag.BitOrder, 1) != 1)
            throw new NotSupportedException("with its bits in reverse order");
        ReadSamples(directory);
        ReadPredictor(directory);
        SeparatePlanes = directory.Number(TiffTag.Planes, 1) switch
        {
            1 => false,
            2 => Samples > 1,
            long other => throw new InvalidDataException($"there is no arrangement {other} of samples"),
        };
    }

    /// <summary>Whether samples of 16 bits have their higher byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>How blocks are packed.</summary>
    public TiffPacking Packing { get; }

    /// <summary>What the samples are.</summary>
    public TiffColors Colors { get; }

    /// <summary>Of a sample: 1, 2, 4, 8 or 16.</summary>
    public int Bits { get; private set; }

    /// <summary>In a pixel.</summary>
    public int Samples { get; private set; }

    /// <summary>How many of them are its colour; the others come after them.</summary>
    public int ColorSamples => Colors switch { TiffColors.Rgb => 3, TiffColors.Cmyk => 4, _ => 1 };

    /// <summary>Which of them is alpha; -1 for none.</summary>
    public int AlphaAt { get; private set; } = -1;

    /// <summary>Whether colours are stored multiplied by alpha.</summary>
    public bool IsTimesAlpha { get; private set; }

    /// <summary>Whether each sample is stored as its difference from that of the pixel to the left.</summary>
    public bool HasDifferences { get; private set; }

    /// <summary>Whether all first samples are stored before all second ones, and so on.</summary>
    public bool SeparatePlanes { get; }

    /// <summary>Samples of a pixel that stand side by side.</summary>
    public int SamplesTogether => SeparatePlanes ? 1 : Samples;

    private static TiffPacking PackingOf(long compression) => compression switch
    {
        1 or 5 or 8 or 32773 => (TiffPacking)compression,
        OldDeflate => TiffPacking.Deflate,
        2 or 3 or 4 => throw new NotSupportedException("with the compression of fax machines"),
        6 or 7 => throw new NotSupportedException("that holds a JPEG image"),
        _ => throw new NotSupportedException($"with compression {compression}"),
    };

    private static TiffColors ColorsOf(long colors) => colors switch
    {
        0 or 1 or 2 or 3 or 5 => (TiffColors)colors,
        -1 => throw new InvalidDataException("it does not say what its colours are"),
        6 => throw new NotSupportedException("in YCbCr"),
        8 or 9 or 10 => throw new NotSupportedException("in the colours of CIELab"),
        32803 or 34892 => throw new NotSupportedException("with the raw data of a camera"),
        _ => throw new NotSupportedException($"with colours of kind {colors}"),
    };

    private void ReadSamples(TiffDirectory directory)
    {
        long samples = directory.Number(TiffTag.Samples, 1);
        if (samples < ColorSamples)
            throw new InvalidDataException($"{samples} samples a pixel are fewer than its colours need");
        if (samples > MostSamples)
            throw new NotSupportedException($"of {samples} samples a pixel");
        Samples = (int)samples;
        // Some programs say once what is true of all samples.
        long[] bits = directory.Has(TiffTag.Bits) ? directory.Numbers(TiffTag.Bits, 1, MostSamples) : [1];
        if (bits.Distinct().Count() > 1)
            throw new NotSupportedException("whose samples have different numbers of bits");
        bool isOfWholeNumbers = !directory.Has(TiffTag.SampleFormat)
            || directory.Numbers(TiffTag.SampleFormat, 1, MostSamples).All(format => format is 1 or 4);
        if (!isOfWholeNumbers)
            throw new NotSupportedException("whose samples have signs, or are no whole numbers");
        if (bits[0] is not (1 or 2 or 4 or 8 or 16) || (Colors == TiffColors.Palette && bits[0] == 16))
            throw new NotSupportedException($"with samples of {bits[0]} bits");
        Bits = (int)bits[0];

        long[] further = Samples > ColorSamples && directory.Has(TiffTag.ExtraSamples)
            ? directory.Numbers(TiffTag.ExtraSamples, 1, MostSamples) : [];
        int alpha = Array.FindIndex(further, kind => kind is AlphaTimesColor or Alpha);
        if (alpha >= 0 && ColorSamples + alpha < Samples)
            (AlphaAt, IsTimesAlpha) = (ColorSamples + alpha, further[alpha] == AlphaTimesColor);
    }

    private void ReadPredictor(TiffDirectory directory)
    {
        long predictor = Packing is TiffPacking.Lzw or TiffPacking.Deflate ? directory.Number(TiffTag.Predictor, 1) : 1;
        if (predictor is not (1 or 2) || (predictor == 2 && Bits < 8))
            throw new NotSupportedException($"with predictor {predictor} for samples of {Bits} bits");
        HasDifferences = predictor == 2;
    }
}
