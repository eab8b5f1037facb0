using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>What TIFF files say about pictures: the colour profile and the resolution; and what is not kept.</summary>
internal static class TiffMetadata
{
    private const int PerInch = 2, PerCentimetre = 3;

    /// <summary>Reads them; null where there are none.</summary>
    public static ImageMetadata? Read(TiffDirectory directory, TiffHeader header)
    {
        List<string> lost = [.. LostOf(directory, header)];
        IccProfile? profile = IccProfile.Of(directory.Bytes(TiffTag.Profile, IccProfile.Longest));
        if (profile is null && directory.Has(TiffTag.Profile))
            lost.Add("a damaged colour profile");
        var metadata = new ImageMetadata { Profile = profile, Resolution = ResolutionOf(directory), Lost = lost };
        return metadata.IsEmpty ? null : metadata;
    }

    private static IEnumerable<string> LostOf(TiffDirectory directory, TiffHeader header)
    {
        if (directory.HasMore || directory.Has(TiffTag.Subpictures))
            yield return "all of its pictures but the first";
        if (header.Samples > header.ColorSamples + (header.AlphaAt >= 0 ? 1 : 0))
            yield return "the samples beside colours and transparency";
        if (new[] { TiffTag.Exif, TiffTag.Gps }.Any(directory.Has))
            yield return "EXIF data";
        if (new[] { TiffTag.TransferFunction, TiffTag.WhitePoint, TiffTag.Primaries }.Any(directory.Has))
            yield return "gamma and primaries";
        if (directory.Has(TiffTag.Xmp))
            yield return "XMP data";
        if (new[] { TiffTag.Iptc, TiffTag.Photoshop }.Any(directory.Has))
            yield return "IPTC data";
        if (new[] { TiffTag.Description, TiffTag.Artist, TiffTag.Copyright }.Any(directory.Has))
            yield return "texts";
    }

    /// <summary>Pixels an inch or a centimetre; without a unit, nothing where both are equal.</summary>
    private static Resolution? ResolutionOf(TiffDirectory directory)
    {
        if (directory.Fraction(TiffTag.XResolution) is not { } x || directory.Fraction(TiffTag.YResolution) is not { } y)
            return null;
        return directory.NumberIfAny(TiffTag.ResolutionUnit, PerInch) switch
        {
            PerInch => new Resolution(x / Resolution.Inch, y / Resolution.Inch, PerMetre: true),
            PerCentimetre => new Resolution(100 * x, 100 * y, PerMetre: true),
            _ => x == y ? null : new Resolution(x, y, PerMetre: false),
        };
    }
}
