using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>
/// One image file, from its header on. Making a reader reads the header only, so that the size can be judged before memory is taken.
/// </summary>
/// <remarks>
/// All members throw <see cref="EndOfStreamException"/> where the file ends too early, <see cref="InvalidDataException"/> with what is
/// wrong where it is damaged, and <see cref="NotSupportedException"/> with what it is where it is a variant that is not read.
/// </remarks>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
internal abstract class ImageReader(int height, int width)
{
    private readonly List<string> _notes = [];

    /// <summary>What <see cref="Check"/> found wrong and could be read all the same, in words; a few at most.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Rows as stored, 1 or more.</summary>
    public int Height { get; } = height;

    /// <summary>Columns as stored, 1 or more.</summary>
    public int Width { get; } = width;

    /// <summary>Whether a file may be much longer than its picture needs, because most of it is never read.</summary>
    public virtual bool MayBeMuchLonger => false;

    /// <summary>Reads the header of a file that begins like one of this format.</summary>
    public static ImageReader Open(ImageFormat format, Stream file) => format switch
    {
        ImageFormat.Png => PngReader.Open(file),
        ImageFormat.Jpeg => JpegReader.Open(file),
        ImageFormat.Bmp => BmpReader.Open(file),
        ImageFormat.Tga => TgaReader.Open(file),
        ImageFormat.Tiff => TiffReader.Open(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Looks over the whole file, in little memory, for what would end the decoding: a damaged file costs next to nothing.</summary>
    public abstract void Check();

    /// <summary>
    /// The samples 0…1, row by row from the top left as stored: gray; gray, alpha; red, green, blue; or red, green, blue, alpha. Palettes
    /// and CMYK become red, green, blue.
    /// </summary>
    public abstract SampleImage Decode();

    /// <summary>What the file says about its picture; null where nothing.</summary>
    public virtual ImageMetadata? ReadMetadata() => null;

    /// <summary>How the picture has to be turned.</summary>
    public virtual ExifOrientation ReadOrientation() => ExifOrientation.Upright;

    /// <summary>Sizes as headers give them.</summary>
    /// <exception cref="InvalidDataException">One of them is no size.</exception>
    protected static (int Height, int Width) RequireSize(long height, long width)
    {
        if (height == 0 || width == 0)
            throw new InvalidDataException($"its size is {width} x {height} pixels");
        if (height is < 0 or > int.MaxValue || width is < 0 or > int.MaxValue)
            throw new InvalidDataException("its size is impossible");
        return ((int)height, (int)width);
    }

    /// <summary>Something is wrong and was read all the same; the same words are kept once.</summary>
    protected void Note(string what)
    {
        if (!_notes.Contains(what))
            _notes.Add(what);
    }
}
