using Zssr.App.Files;

namespace Zssr.App.Images;

/// <summary>Reads and writes PNG, JPEG, BMP and TGA files.</summary>
internal static class ImageFile
{
    /// <summary>The extensions of files that can be written, and that are taken for images in folders.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".tga"];

    private const string Readable = "PNG, JPEG, BMP and TGA images can be read";

    /// <summary>
    /// Reads an image; its content, not its name, says in which format. Gray stays gray, transparency that is nowhere used is dropped, and
    /// PNG files of 16 bits are read with all of them.
    /// </summary>
    /// <exception cref="ImageFileException">There is no such file, it may not be read, or is no whole image of these formats.</exception>
    public static Picture Read(string path)
    {
        byte[] file = Load(path);
        ImageFormat format = ImageSignature.FormatOf(file) ?? throw new ImageFileException(
            path, $"{path} is {ImageSignature.NameOfOther(file) ?? "no image that is known here"}. {Readable}; convert it to one of them.");
        if (format == ImageFormat.Png && PngChunks.Problem(file) is { } problem)
            throw Damaged(path, format, problem);
        try
        {
            (int height, int width, int samples, float[] values) = ImageDecoder.Decode(file, format);
            return Separate(height, width, samples, values);
        }
        catch (EndOfStreamException failure)
        {
            throw Damaged(path, format, "it ends too early", failure);
        }
        catch (Exception failure) // a decoder that meets damaged data fails with any exception at all
        {
            throw Damaged(path, format, failure.Message.TrimEnd('.'), failure);
        }
    }

    /// <summary>Writes an image whole or not at all; the extension says in which format, with 8 bits a sample.</summary>
    /// <returns>What the file cannot hold, as a line for the user; null where it holds everything.</returns>
    /// <exception cref="FileException">The extension is unknown, or the file cannot be written; nothing has changed then.</exception>
    public static string? Write(string path, Picture picture)
    {
        ImageFormat format = FormatOf(path);
        if (!Array.TrueForAll(picture.Color, float.IsFinite))
            throw new ImageFileException(path, $"{path} was not written: the picture has values that are no numbers (NaN or infinite).");
        AtomicFile.Write(path, stream => ImageEncoder.Encode(picture, format, stream));
        return format == ImageFormat.Jpeg && picture.Alpha is not null
            ? $"{path}: JPEG cannot hold transparency, so the picture stands on white. Write a PNG to keep it."
            : null;
    }

    /// <summary>Throws what <see cref="Write"/> would, as far as it can be known without a picture: ask before long work.</summary>
    /// <exception cref="FileException">The extension is unknown, the folder is missing, or the path is a folder.</exception>
    public static void CheckWritable(string path)
    {
        FormatOf(path);
        AtomicFile.CheckWritable(path);
    }

    /// <summary>Whether a file's name is that of an image; its content may be something else.</summary>
    public static bool HasImageName(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The format in which a file of this name is written: .png, .jpg, .jpeg, .bmp or .tga, in letters of any size.</summary>
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

    private static byte[] Load(string path)
    {
        if (Directory.Exists(path))
            throw new ImageFileException(path, $"{path} is a folder. Name one image in it.");
        try
        {
            byte[] file = File.ReadAllBytes(path);
            return file.Length > 0 ? file : throw new ImageFileException(path, $"{path} is empty. Fetch or export the image again.");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new ImageFileException(path, $"there is no file '{path}' (looked from {Environment.CurrentDirectory}).", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new ImageFileException(path, $"{path} may not be read: permission is denied. Change its permissions.", failure);
        }
        catch (IOException failure)
        {
            throw new ImageFileException(path, $"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static Picture Separate(int height, int width, int samples, float[] values)
    {
        if (samples is 1 or 3)
            return new Picture(height, width, samples, values);
        int channels = samples - 1;
        float[] color = new float[height * width * channels], alpha = new float[height * width];
        for (int pixel = 0; pixel < alpha.Length; pixel++)
        {
            Array.Copy(values, pixel * samples, color, pixel * channels, channels);
            alpha[pixel] = values[pixel * samples + channels];
        }

        return new Picture(height, width, channels, color, Array.TrueForAll(alpha, a => a == 1) ? null : alpha);
    }

    private static ImageFileException Damaged(string path, ImageFormat format, string what, Exception? cause = null) => new(
        path, $"{path} is a damaged {format.ToString().ToUpperInvariant()} image: {what}. Fetch or export it again.", cause);
}
