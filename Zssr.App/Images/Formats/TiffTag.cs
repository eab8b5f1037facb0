namespace Zssr.App.Images.Formats;

/// <summary>The numbers of what TIFF files say.</summary>
/// <remarks>Source: TIFF 6.0; Adobe's supplements to it; the registered tags of ICC profiles, XMP, IPTC, EXIF and DNG.</remarks>
internal static class TiffTag
{
    public const int Kind = 254, Width = 256, Height = 257, Bits = 258, Compression = 259, Colors = 262, BitOrder = 266,
        Description = 270, StripOffsets = 273, Orientation = 274, Samples = 277, StripRows = 278, StripLengths = 279,
        XResolution = 282, YResolution = 283, Planes = 284, ResolutionUnit = 296, TransferFunction = 301, Artist = 315, Predictor = 317,
        WhitePoint = 318, Primaries = 319, Palette = 320, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileLengths = 325,
        Subpictures = 330, Inks = 332, ExtraSamples = 338, SampleFormat = 339, Xmp = 700, Copyright = 33432, Iptc = 33723,
        Photoshop = 34377, Exif = 34665, Profile = 34675, Gps = 34853, RawVersion = 50706;
}
