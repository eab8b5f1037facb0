using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The content of a safetensors file: named arrays of float32 or float64, in order, and metadata. Arrays of F16 and BF16 become float32
/// when they are read, which changes no value; of other types only name, type and shape are read. PyTorch and others read and write
/// such files, which hold numbers only and can run no code.
/// </summary>
/// <remarks>
/// The format (github.com/huggingface/safetensors, "Format"): 8 bytes of header length, little-endian; the header, a JSON object in
/// UTF-8, padded with spaces; the elements, little-endian and row-major. The header gives for each array its <c>dtype</c>,
/// <c>shape</c> and <c>data_offsets</c> (begin and end in bytes, counted from the end of the header); the entry
/// <c>__metadata__</c> maps texts to texts.
/// Shapes and elements are as the file has them. A convolution weight in PyTorch's order [out, in, height, width] goes through
/// <see cref="Layout"/> to become a tensor.
/// </remarks>
public sealed class SafetensorsFile
{
    /// <summary>
    /// The longest header in bytes that is read or written, 1 MiB: some ten thousand arrays. A longer one is taken for a broken length.
    /// </summary>
    public const int LongestHeader = 1 << 20;

    private readonly OrderedDictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Texts about the content, such as a version. Empty where the file has none.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the arrays, in the order of the header, which is the order in which they were added.</summary>
    public IReadOnlyList<string> Names => _entries.Keys;

    /// <summary>
    /// Whether the file that was read had a checksum over all of it, and it was right. False for files of other programs, for those
    /// written without one, and for what was not read from a file.
    /// </summary>
    public bool HasChecksum { get; internal init; }

    internal IReadOnlyCollection<KeyValuePair<string, SafetensorsEntry>> Entries => _entries;

    /// <summary>Adds a float32 array; its elements are copied.</summary>
    /// <param name="name">Any text but an empty one and <c>__metadata__</c>. PyTorch's names look like <c>layers.0.weight</c>.</param>
    /// <param name="shape">The sizes of its axes; <c>[]</c> for a scalar.</param>
    /// <param name="elements">The elements, the last axis running fastest.</param>
    /// <exception cref="SafetensorsException">The name is unusable or already there.</exception>
    /// <exception cref="ShapeException">The number of elements is not that of the shape.</exception>
    public void Add(string name, Shape shape, ReadOnlySpan<float> elements) =>
        Add(name, new SafetensorsArray<float>(SafetensorsType.F32, shape, Copy(name, shape, elements)));

    /// <summary>Adds a float64 array; its elements are copied.</summary>
    /// <inheritdoc cref="Add(string, Shape, ReadOnlySpan{float})"/>
    public void Add(string name, Shape shape, ReadOnlySpan<double> elements) =>
        Add(name, new SafetensorsArray<double>(SafetensorsType.F64, shape, Copy(name, shape, elements)));

    /// <summary>Adds an array whose elements are rounded to half precision, which takes half of float32's space.</summary>
    /// <inheritdoc cref="Add(string, Shape, ReadOnlySpan{float})"/>
    public void AddHalf(string name, Shape shape, ReadOnlySpan<float> elements) =>
        Add(name, new SafetensorsHalves(shape, Array.ConvertAll(Copy(name, shape, elements), x => (Half)x)));

    /// <summary>True where there is an array of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>The sizes of an array's axes, as in the file.</summary>
    /// <exception cref="SafetensorsException">There is no array of this name.</exception>
    public Shape ShapeOf(string name) => Find(name).Shape;

    /// <summary>The type of an array's elements as they are here: float32 also for those that the file has as F16 or BF16.</summary>
    /// <exception cref="SafetensorsException">There is no array of this name, or its type is one that is not read.</exception>
    public DType DTypeOf(string name) => Find(name) switch
    {
        SafetensorsPassedOver passedOver => throw passedOver.NotRead(),
        SafetensorsEntry entry => entry.Type.ReadAs!.Value,
    };

    /// <summary>The type of an array as the file names it, such as <c>F32</c>, <c>BF16</c> or <c>I64</c>.</summary>
    /// <exception cref="SafetensorsException">There is no array of this name.</exception>
    public string TypeNameOf(string name) => Find(name).Type.Name;

    /// <summary>A copy of an array's elements, the last axis running fastest; float64 is rounded to the nearest float32.</summary>
    /// <exception cref="SafetensorsException">There is no array of this name, or its type is one that is not read.</exception>
    public float[] Floats(string name) => Find(name).Floats();

    /// <summary>A copy of an array's elements, the last axis running fastest; float32 is widened, which changes no value.</summary>
    /// <exception cref="SafetensorsException">There is no array of this name, or its type is one that is not read.</exception>
    public double[] Doubles(string name) => Find(name).Doubles();

    /// <summary>
    /// Writes the file: metadata (by name) first, then the arrays as added, the elements beginning at a multiple of 8 bytes.
    /// The same content always gives the same bytes. The stream is left open.
    /// </summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="withChecksum">
    /// Whether its metadata get <c>content_sha256</c>, by which <see cref="Read(Stream)"/> finds every damage. Other programs take it for a
    /// text like the others.
    /// </param>
    /// <exception cref="SafetensorsException">
    /// An array is of a type that is not read, a text is null or not valid Unicode, the metadata name <c>content_sha256</c> is taken, or
    /// the header is longer than <see cref="LongestHeader"/>.
    /// </exception>
    public void Write(Stream stream, bool withChecksum = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsWriter.Write(this, stream, withChecksum);
    }

    /// <summary>Reads a file from the stream's position to its end. The stream is left open.</summary>
    /// <remarks>Memory grows with what has arrived, not with what the header promises.</remarks>
    /// <exception cref="SafetensorsException">
    /// The file breaks a rule of the format, or is not what its checksum says, if it has one.
    /// </exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return SafetensorsReader.Read(stream);
    }

    /// <summary>Reads a file from its bytes.</summary>
    /// <inheritdoc cref="Read(Stream)"/>
    public static SafetensorsFile Read(ReadOnlySpan<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return SafetensorsReader.Read(stream);
    }

    internal void Add(string name, SafetensorsEntry entry)
    {
        SafetensorsText.RequireName(name);
        if (!_entries.TryAdd(name, entry))
            throw new SafetensorsException($"safetensors: there is already an array {SafetensorsText.Quote(name)}. Names are unique.");
    }

    private SafetensorsEntry Find(string name) => _entries.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new SafetensorsException(
            $"safetensors: there is no array {SafetensorsText.Quote(name)}. There are {Names.Count}: {SafetensorsText.List(Names)}.");

    private static T[] Copy<T>(string name, Shape shape, ReadOnlySpan<T> elements) => elements.Length == shape.ElementCount
        ? elements.ToArray()
        : throw new ShapeException(
            $"safetensors: {SafetensorsText.Quote(name)} of shape {shape} needs {shape.ElementCount} elements; " +
            $"{elements.Length} were given.");
}
