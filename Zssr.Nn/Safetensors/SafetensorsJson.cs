using System.Text.Json;

namespace Zssr.Nn;

/// <summary>Reads JSON values of the kinds that a safetensors header has, and says what was found where it is another kind.</summary>
internal static class SafetensorsJson
{
    /// <summary>
    /// The properties of an object in order. A key that comes twice is an error: readers would differ about which one counts.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Properties(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Unexpected(value, what, "an object {…}");

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string key = Decode(() => property.Name, $"a key of {what}");
            if (!keys.Add(key))
                throw new SafetensorsException($"safetensors: {what} has the key {SafetensorsText.Quote(key)} twice. The file is damaged.");
            yield return KeyValuePair.Create(key, property.Value);
        }
    }

    /// <summary>A text.</summary>
    public static string Text(JsonElement value, string what) => value.ValueKind == JsonValueKind.String
        ? Decode(() => value.GetString()!, what)
        : throw Unexpected(value, what, "a string");

    /// <summary>A list of integers, each 0 or more.</summary>
    public static long[] Integers(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Unexpected(value, what, "a list of integers");

        long[] integers = new long[value.GetArrayLength()];
        int next = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long integer) || integer < 0)
                throw Unexpected(item, what, "integers of 0 or more, below 2⁶³");
            integers[next++] = integer;
        }

        return integers;
    }

    private static SafetensorsException Unexpected(JsonElement value, string what, string expected) => new(
        $"safetensors: {what} should be {expected}, but is {SafetensorsText.Quote(value.GetRawText())}. The file is damaged.");

    /// <summary>JSON may escape half of a surrogate pair, which is valid JSON but no text.</summary>
    private static string Decode(Func<string> text, string what)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException e)
        {
            throw new SafetensorsException($"safetensors: {what} is not valid Unicode. The file is damaged.", e);
        }
    }
}
