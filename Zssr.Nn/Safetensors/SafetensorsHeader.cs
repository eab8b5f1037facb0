using System.Text.Json;
using System.Text.Unicode;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Where an array lies: bytes Begin to End, counted from the end of the header. End − Begin is right for the shape.</summary>
internal sealed record SafetensorsPlace(string Name, SafetensorsType Type, Shape Shape, long Begin, long End);

/// <summary>The header of a safetensors file. Each entry has been checked by itself, not yet against the others or the file.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsPlace> Places, IReadOnlyDictionary<string, string> Metadata)
{
    // The header, an entry, its shape: nothing lies deeper.
    private const int Depth = 3;

    private const int MostAxes = 64;

    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
            throw new SafetensorsException("safetensors: the header is not UTF-8. Is it a file of another kind, or damaged?");
        if (utf8.IsEmpty || utf8.Span[0] != (byte)'{')
            throw new SafetensorsException("safetensors: the header is not a JSON object (it does not begin with '{').");

        using JsonDocument json = ParseJson(utf8);
        var places = new List<SafetensorsPlace>();
        Dictionary<string, string> metadata = [];
        foreach ((string name, JsonElement value) in SafetensorsJson.Properties(json.RootElement, "the header"))
        {
            if (name == SafetensorsText.MetadataName)
                metadata = ParseMetadata(value);
            else
                places.Add(ParsePlace(name, value));
        }

        return new SafetensorsHeader(places, metadata);
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Depth });
        }
        catch (JsonException e)
        {
            throw new SafetensorsException($"safetensors: the header is not valid JSON: {e.Message}", e);
        }
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement value)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, JsonElement text) in SafetensorsJson.Properties(value, SafetensorsText.MetadataName))
            metadata.Add(key, SafetensorsJson.Text(text, $"the metadata {SafetensorsText.Quote(key)}"));
        return metadata;
    }

    private static SafetensorsPlace ParsePlace(string name, JsonElement value)
    {
        SafetensorsText.RequireName(name);
        string what = SafetensorsText.Quote(name);
        Dictionary<string, JsonElement> fields = SafetensorsJson.Properties(value, what).ToDictionary(StringComparer.Ordinal);
        JsonElement Field(string field) => fields.Remove(field, out JsonElement found)
            ? found
            : throw new SafetensorsException($"safetensors: {what} has no {field}. Each array has dtype, shape and data_offsets.");

        var type = SafetensorsType.Parse(SafetensorsJson.Text(Field("dtype"), $"the dtype of {what}"), what);
        Shape shape = ParseShape(SafetensorsJson.Integers(Field("shape"), $"the shape of {what}"), what);
        long[] offsets = SafetensorsJson.Integers(Field("data_offsets"), $"data_offsets of {what}");
        if (fields.Count > 0)
        {
            throw new SafetensorsException(
                $"safetensors: {what} has a field {SafetensorsText.List(fields.Keys)}, which is unknown. " +
                "Each array has only dtype, shape and data_offsets.");
        }

        RequireBytes(type, shape, offsets, what);
        return new SafetensorsPlace(name, type, shape, offsets[0], offsets[1]);
    }

    private static Shape ParseShape(long[] sizes, string what)
    {
        if (sizes.Length > MostAxes)
            throw new SafetensorsException($"safetensors: {what} has {sizes.Length} axes; at most {MostAxes} are read, as in PyTorch.");
        try
        {
            return Shape.Create(Array.ConvertAll(sizes, size => checked((int)size)));
        }
        catch (Exception e) when (e is ShapeException or OverflowException)
        {
            throw new SafetensorsException(
                $"safetensors: {what} has the shape [{string.Join(", ", sizes)}], too many elements: " +
                $"a tensor and each of its axes hold at most {Shape.MostElements}.", e);
        }
    }

    private static void RequireBytes(SafetensorsType type, Shape shape, long[] offsets, string what)
    {
        if (offsets.Length != 2)
            throw new SafetensorsException($"safetensors: data_offsets of {what} has {offsets.Length} numbers, not two, begin and end.");
        if (offsets[0] > offsets[1])
            throw new SafetensorsException($"safetensors: {what} begins at byte {offsets[0]}, after its end at {offsets[1]}.");
        long bits = shape.ElementCount * (long)type.Bits;
        if (bits % 8 != 0 || offsets[1] - offsets[0] != bits / 8)
        {
            throw new SafetensorsException(
                $"safetensors: {what} is {type.Name} of shape {shape}, {bits / 8.0:0.###} bytes, but its data_offsets span " +
                $"{offsets[1] - offsets[0]}. The file is damaged.");
        }
    }
}
