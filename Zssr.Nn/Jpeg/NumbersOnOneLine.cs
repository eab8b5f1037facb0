using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>Whole numbers in JSON as one string with spaces, for tables that would fill a page otherwise.</summary>
internal sealed class NumbersOnOneLine : JsonConverter<IReadOnlyList<int>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string[] parts = (reader.GetString() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return [.. parts.Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw new JsonException("whole numbers with spaces between are needed.", failure);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Join(' ', value));
}
