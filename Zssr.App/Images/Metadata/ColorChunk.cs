namespace Zssr.App.Images.Metadata;

/// <summary>The chunks of PNG files that say what the numbers look like, besides a profile; they go as they are from one to the next.</summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), third edition, section 11.3.2.</remarks>
internal static class ColorChunk
{
    /// <summary>The type that says: these are sRGB's colours.</summary>
    public const string StandardColors = "sRGB";

    /// <summary>Bytes of the data of such a chunk; null for a chunk of another kind.</summary>
    public static int? LengthOf(string type) => type switch
    {
        "gAMA" or "cICP" => 4,
        "cHRM" => 32,
        StandardColors => 1,
        "mDCV" => 24,
        "cLLI" => 8,
        _ => null,
    };

    /// <summary>What it is called where it is dropped.</summary>
    public static string NameOf(string type) => type switch
    {
        "cICP" => "the colour code points (cICP)",
        "mDCV" or "cLLI" => "the brightness of its display (mDCV, cLLI)",
        _ => "gamma and primaries",
    };
}
