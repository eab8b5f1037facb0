using Zssr.App.Files;
using Zssr.App.Images.Formats;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images;

/// <summary>Reads and writes PNG, JPEG, BMP and TGA files, and reads TIFF files.</summary>
internal static class ImageFile
{
    /// <summary>The extensions of files that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".tga"];

    /// <summary>The extensions of files that are taken for images in folders.</summary>
    public static IReadOnlyList<string> ReadableExtensions { get; } = [.. Extensions, ".tif", ".tiff"];

    private const string Readable = "PNG, JPEG, BMP, TGA and TIFF images can be read";

    /// <summary>
    /// Reads an image, the right way up, with what the file says about it; its content, not its name, says in which format. Gray stays
    /// gray, transparency that is nowhere used is dropped, and files of more than 8 bits a sample are read with all of them.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">Larger images are refused before memory is taken for them.</param>
    /// <exception cref="ImageFileException">There is no such file, it may not be read, is no whole image of these formats, or is too
    /// large.</exception>
    public static Picture Read(string path, long maxPixels = PixelLimit.Default) => WithReader(path, (image, length) =>
    {
        PixelLimit.Require(path, image, length, maxPixels);
        image.Check();
        ExifOrientation orientation = image.ReadOrientation();
        ImageMetadata? metadata = image.ReadMetadata()?.Turned(orientation);
        if (image.Notes.Count > 0)
            metadata = (metadata ?? new ImageMetadata()) with { Notes = image.Notes };
        return Separate(Turning.Apply(image.Decode(), orientation), metadata);
    });

    /// <summary>The size of the picture in a file, by its header alone; the rest may be damaged.</summary>
    /// <exception cref="ImageFileException">There is no such file, it may not be read, or is no image of these formats.</exception>
    public static (int Height, int Width) ReadSize(string path) => WithReader(path, (image, _) =>
        image.ReadOrientation().SwapsSides() ? (image.Width, image.Height) : (image.Height, image.Width));

    /// <summary>Writes an image whole or not at all; the extension says in which format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">The image.</param>
    /// <param name="options">How; as usual where they are null.</param>
    /// <returns>What the file cannot hold, as a line for the user; null where it holds everything.</returns>
    /// <exception cref="FileException">The extension is unknown, or the file cannot be written; nothing has changed then.</exception>
    public static string? Write(string path, Picture picture, WritingOptions? options = null)
    {
        ImageFormat format = FormatOf(path);
        if (!Array.TrueForAll(picture.Color, float.IsFinite))
            throw new ImageFileException(path, $"{path} was not written: the picture has values that are not numbers (NaN or infinite).");
        IReadOnlyList<string> lost = [];
        AtomicFile.Write(path, stream => lost = ImageEncoder.Encode(picture, format, stream, options));
        return LossOf(path, format, picture, lost);
    }

    /// <summary>Throws what <see cref="Write"/> would, as far as it can be known without a picture: ask before long work.</summary>
    /// <exception cref="FileException">The extension is unknown, the folder is missing, or the path is a folder.</exception>
    public static void CheckWritable(string path)
    {
        FormatOf(path);
        AtomicFile.CheckWritable(path);
    }

    /// <summary>Whether a file's name is that of an image; its content may be something else.</summary>
    public static bool HasImageName(string path) => ReadableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file's name is that of an image that can be written.</summary>
    public static bool HasWritableName(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The format in which a file of this name is written: .png, .jpg, .jpeg, .bmp or .tga, in upper or lower case.</summary>
    /// <exception cref="ImageFileException">It has another extension.</exception>
    public static ImageFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => ImageFormat.Png,
        ".JPG" or ".JPEG" => ImageFormat.Jpeg,
        ".BMP" => ImageFormat.Bmp,
        ".TGA" => ImageFormat.Tga,
        "" => throw new ImageFileException(path, $"cannot write {path}: {ExtensionRule}, and this one has no extension."),
        _ => throw new ImageFileException(path, $"cannot write {path}: {ExtensionRule}, not in {Path.GetExtension(path)}."),
    };

    private static string ExtensionRule => "the names of images must end in .png, .jpg, .jpeg, .bmp or .tga";

    private static T WithReader<T>(string path, Func<ImageReader, long, T> use)
    {
        using FileStream file = ImageSource.Open(path);
        ImageFormat? found = null;
        try
        {
            byte[] head = new byte[ImageSignature.Length];
            int known = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            found = ImageSignature.FormatOf(head.AsSpan(0, known)) ?? throw new ImageFileException(
                path,
                $"{path} is {ImageSignature.NameOfOther(head.AsSpan(0, known)) ?? "not an image of a known format"}. {Readable}; "
                + ImageSignature.AdviceFor(head.AsSpan(0, known), path));
            return use(ImageReader.Open(found.Value, file), file.Length);
        }
        catch (NotSupportedException failure)
        {
            throw new ImageFileException(
                path, $"{path} is a {NameOf(found)} image {failure.Message}, which cannot be read. Convert it to a usual PNG.", failure);
        }
        catch (EndOfStreamException failure)
        {
            throw Damaged(path, found, "it ends too early", failure);
        }
        catch (IOException failure)
        {
            throw ImageSource.CannotBeRead(path, failure);
        }
        catch (Exception failure) when (failure is not (ImageFileException or OutOfMemoryException))
        {
            // A decoder that meets damaged data fails with any exception at all.
            throw Damaged(path, found, failure.Message.TrimEnd('.'), failure);
        }
    }

    private static Picture Separate(SampleImage image, ImageMetadata? metadata)
    {
        (int height, int width, int samples, float[] values) = image;
        if (!image.HasAlpha)
            return new Picture(height, width, samples, values) { Metadata = metadata, Bits = image.Bits, Compression = image.Compression };
        int channels = samples - 1;
        float[] color = new float[height * width * channels], alpha = new float[height * width];
        for (int pixel = 0; pixel < alpha.Length; pixel++)
        {
            Array.Copy(values, pixel * samples, color, pixel * channels, channels);
            alpha[pixel] = values[pixel * samples + channels];
        }

        return new Picture(height, width, channels, color, Array.TrueForAll(alpha, a => a == 1) ? null : alpha)
        {
            Metadata = metadata,
            Bits = image.Bits,
        };
    }

    private static string? LossOf(string path, ImageFormat format, Picture picture, IReadOnlyList<string> lost)
    {
        List<string> sentences = [];
        if (picture.Metadata is { Notes: { Count: > 0 } notes })
            sentences.Add($"The image's file is not quite sound, and was read all the same: {string.Join("; ", notes)}.");
        if (format == ImageFormat.Jpeg && picture.Alpha is not null)
            sentences.Add("JPEG cannot hold transparency, so the picture stands on white. Write a PNG to keep it.");
        if (lost.Count > 0)
            sentences.Add($"Of what the image's file said, this was dropped: {string.Join(", ", lost.Distinct())}.");
        return sentences.Count == 0 ? null : $"{path}: {string.Join(' ', sentences)}";
    }

    private static string NameOf(ImageFormat? format) => $"{format}".ToUpperInvariant();

    private static ImageFileException Damaged(string path, ImageFormat? format, string what, Exception cause) =>
        new(path, $"{path} is a damaged {NameOf(format)} image: {what}. Fetch or export it again.", cause);
}
