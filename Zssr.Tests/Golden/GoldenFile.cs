using System.Buffers.Binary;
using System.Text.Json;

namespace Zssr.Tests.Golden;

/// <summary>
/// One of the reference files in this folder: named arrays in the safetensors format, computed by an independent program
/// (PyTorch, NumPy, SciPy) and compared with in tests. What a file holds is told by its <see cref="Metadata"/>.
/// </summary>
/// <remarks>
/// The format: 8 bytes of header length (little-endian), then the header as JSON, one entry a tensor with its dtype, shape and
/// <c>data_offsets</c> (begin and end in bytes, counted from the end of the header), then all the data, little-endian and row-major.
/// The entry <c>__metadata__</c> holds text instead. This reader is the tests' own, so that it can judge the library's.
/// </remarks>
public sealed class GoldenFile
{
    private readonly string _name;
    private readonly byte[] _data;
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<string, string> _metadata = [];

    private GoldenFile(string name, byte[] file)
    {
        _name = name;
        ulong headerLength = file.Length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(file) : ulong.MaxValue;
        if (headerLength > (ulong)file.Length - 8)
            throw new InvalidDataException($"golden file {name} is cut short: {file.Length} bytes do not hold its header.");

        int dataStart = 8 + (int)headerLength;
        _data = file[dataStart..];
        using var header = JsonDocument.Parse(file.AsMemory(8, (int)headerLength));
        foreach (JsonProperty property in header.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
                _metadata = property.Value.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!);
            else
                _entries.Add(property.Name, Parse(property));
        }
    }

    /// <summary>What the file's maker wrote about it: layouts, conventions, settings.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The names of the arrays, in the header's order.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads a file of this folder; the ending may be left out: <c>GoldenFile.Open("imresize")</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file beside the tests.</exception>
    /// <exception cref="InvalidDataException">The file is cut short or contradicts itself.</exception>
    public static GoldenFile Open(string name)
    {
        string fileName = Path.HasExtension(name) ? name : name + ".safetensors";
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", fileName);
        return new GoldenFile(fileName, File.ReadAllBytes(path));
    }

    /// <summary>Reads a file from its bytes, for judging what the library writes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="file">The bytes.</param>
    /// <exception cref="InvalidDataException">The file is cut short or contradicts itself.</exception>
    public static GoldenFile Parse(string name, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new GoldenFile(name, file);
    }

    /// <summary>The sizes of an array's axes, outermost first; empty for a scalar.</summary>
    /// <exception cref="KeyNotFoundException">The file has no array of this name.</exception>
    public int[] Shape(string name) => [.. Find(name).Shape];

    /// <summary>True where the file has an array of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>An array's elements in row-major order; float32 is widened, which changes no value.</summary>
    /// <exception cref="KeyNotFoundException">The file has no array of this name.</exception>
    public double[] Doubles(string name)
    {
        Entry entry = Find(name);
        double[] elements = new double[entry.ElementCount];
        ReadOnlySpan<byte> bytes = _data.AsSpan(entry.Begin, entry.ElementCount * entry.ElementSize);
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = entry.ElementSize == sizeof(float)
                ? BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..])
                : BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
        }

        return elements;
    }

    /// <summary>An array's elements as float32, for inputs of float32 ops; float64 is rounded to nearest.</summary>
    /// <exception cref="KeyNotFoundException">The file has no array of this name.</exception>
    public float[] Floats(string name) => Array.ConvertAll(Doubles(name), element => (float)element);

    private Entry Find(string name) => _entries.TryGetValue(name, out Entry? entry)
        ? entry
        : throw new KeyNotFoundException($"golden file {_name} has no array '{name}'. It has: {string.Join(", ", _entries.Keys)}.");

    private Entry Parse(JsonProperty property)
    {
        string dtype = property.Value.GetProperty("dtype").GetString()!;
        int elementSize = dtype switch
        {
            "F32" => sizeof(float),
            "F64" => sizeof(double),
            _ => throw new InvalidDataException($"golden file {_name}: '{property.Name}' is {dtype}; this reader knows F32 and F64."),
        };
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        int elementCount = shape.Aggregate(1, (product, size) => checked(product * size));
        JsonElement offsets = property.Value.GetProperty("data_offsets");
        int begin = offsets[0].GetInt32();
        int end = offsets[1].GetInt32();
        if (begin < 0 || end > _data.Length || end - begin != elementCount * elementSize)
        {
            throw new InvalidDataException(
                $"golden file {_name}: '{property.Name}' is {dtype} [{string.Join(", ", shape)}] but lies in bytes {begin} to {end} " +
                $"of {_data.Length}.");
        }

        return new Entry(shape, elementCount, elementSize, begin);
    }

    /// <summary>Where an array lies: its bytes start at <c>Begin</c>, counted from the end of the header.</summary>
    private sealed record Entry(int[] Shape, int ElementCount, int ElementSize, int Begin);
}
