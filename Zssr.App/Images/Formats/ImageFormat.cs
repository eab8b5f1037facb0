namespace Zssr.App.Images.Formats;

/// <summary>The image files that can be read and, but for TIFF, written.</summary>
internal enum ImageFormat
{
    /// <summary>Keeps everything, gray and transparency included.</summary>
    Png,

    /// <summary>Loses a little everywhere (quality 95 unless told otherwise), and all transparency.</summary>
    Jpeg,

    /// <summary>Uncompressed; written with 24 bits a pixel, 32 with transparency.</summary>
    Bmp,

    /// <summary>Truevision Targa; keeps gray and transparency.</summary>
    Tga,

    /// <summary>Is read only.</summary>
    Tiff,
}
