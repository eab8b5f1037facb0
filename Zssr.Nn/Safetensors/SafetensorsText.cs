using System.Text;

namespace Zssr.Nn;

/// <summary>Names and texts of a safetensors file: which are allowed, and how messages show them.</summary>
internal static class SafetensorsText
{
    public const string MetadataName = "__metadata__";

    private const int MostShownLetters = 60;
    private const int MostShownNames = 10;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            throw new SafetensorsException("safetensors: an array has an empty name. Give it one, such as 'weight'.");
        if (name == MetadataName)
            throw new SafetensorsException($"safetensors: the name '{MetadataName}' is the format's own. Name the array differently.");
        RequireUnicode(name);
    }

    /// <summary>Refuses texts that JSON in UTF-8 cannot hold, such as half of a surrogate pair.</summary>
    public static void RequireUnicode(string text)
    {
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new SafetensorsException(
                $"safetensors: the text {Quote(text)} is not valid Unicode (character {e.Index}) and cannot be written as UTF-8.", e);
        }
    }

    /// <summary>The text in quotes, cut where it is long: a broken file may hold a name of a million letters.</summary>
    public static string Quote(string text) => text.Length <= MostShownLetters ? $"'{text}'" : $"'{text[..MostShownLetters]}…'";

    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostShownNames).Select(Quote)) + (names.Count > MostShownNames ? ", …" : "");
}
