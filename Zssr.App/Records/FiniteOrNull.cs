using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.App.Records;

/// <summary>Numbers in JSON, which knows no infinity (the PSNR of equal images) and no NaN: those are null.</summary>
internal sealed class FiniteOrNull : JsonConverter<double>
{
    /// <summary>The number, or null.</summary>
    public static double? Of(double value) => double.IsFinite(value) ? value : null;

    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (Of(value) is { } finite)
            writer.WriteNumberValue(finite);
        else
            writer.WriteNullValue();
    }
}
