using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>What a TIFF file says about its first picture: a directory of entries, each with the number of what it says (a tag).</summary>
/// <remarks>Only what is asked for is read, and never more than the file has. Source: TIFF 6.0, section 2.</remarks>
internal sealed class TiffDirectory
{
    private const int HeaderLength = 8, EntryLength = 12, MostEntries = 4096, MostOfOne = 1 << 16;
    private const int ByteType = 1, TextType = 2, ShortType = 3, LongType = 4, RationalType = 5, AnyType = 7;

    private readonly Stream _file;
    private readonly Dictionary<int, Entry> _entries = [];

    private TiffDirectory(Stream file, bool bigEndian) => (_file, BigEndian) = (file, bigEndian);

    private readonly record struct Entry(int Type, long Count, long ValueAt);

    /// <summary>Whether numbers have their highest byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>Whether the file has more pictures.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static TiffDirectory ReadFirst(Stream file)
    {
        byte[] head = BytesAt(file, 0, HeaderLength);
        var directory = new TiffDirectory(file, bigEndian: head[0] == 'M');
        long at = directory.U32(head.AsSpan(4));
        if (at < HeaderLength)
            throw new InvalidDataException("it has no picture");
        int count = directory.U16(BytesAt(file, at, 2));
        if (count > MostEntries)
            throw new InvalidDataException($"it says more than {MostEntries} things about its picture");
        byte[] entries = BytesAt(file, at + 2, count * EntryLength + 4);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = entries.AsSpan(i * EntryLength, EntryLength);
            (int type, long values) = (directory.U16(entry[2..]), directory.U32(entry[4..]));
            bool isWithin = values * SizeOf(type) <= 4;
            long valueAt = isWithin ? at + 2 + i * EntryLength + 8 : directory.U32(entry[8..]);
            directory._entries.TryAdd(directory.U16(entry), new Entry(type, values, valueAt));
        }

        directory.HasMore = directory.U32(entries.AsSpan(count * EntryLength)) != 0;
        return directory;
    }

    /// <summary>Whether something is said.</summary>
    public bool Has(int tag) => _entries.ContainsKey(tag);

    /// <summary>A whole number.</summary>
    /// <param name="tag">What it says.</param>
    /// <param name="otherwise">The number where nothing is said.</param>
    public long Number(int tag, long otherwise) => Has(tag) ? Numbers(tag, 1, MostOfOne)[0] : otherwise;

    /// <summary>A whole number that a picture can do without: the other one also where what is said cannot be.</summary>
    /// <param name="tag">What it says.</param>
    /// <param name="otherwise">The number where nothing is said, or nothing that makes sense.</param>
    public long NumberIfAny(int tag, long otherwise) =>
        _entries.TryGetValue(tag, out Entry entry) && entry.Type is ByteType or ShortType or LongType
            && entry.Count is > 0 and <= MostOfOne && entry.ValueAt + entry.Count * SizeOf(entry.Type) <= _file.Length
            ? Number(tag, otherwise) : otherwise;

    /// <summary>Whole numbers of 8, 16 or 32 bits without sign.</summary>
    /// <param name="tag">What they say.</param>
    /// <param name="least">So many there must be.</param>
    /// <param name="most">More there may not be; no memory is taken for them.</param>
    /// <exception cref="InvalidDataException">They are missing, are something else, or are fewer or more.</exception>
    public long[] Numbers(int tag, long least, long most)
    {
        if (!_entries.TryGetValue(tag, out Entry entry))
            throw new InvalidDataException($"it does not say what it must (tag {tag})");
        if (entry.Type is not (ByteType or ShortType or LongType) || entry.Count < least || entry.Count > most)
            throw new InvalidDataException($"what it says in tag {tag} cannot be");
        int size = SizeOf(entry.Type);
        byte[] bytes = BytesAt(_file, entry.ValueAt, entry.Count * size);
        long[] numbers = new long[entry.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.AsSpan(i * size);
            numbers[i] = size switch { 1 => number[0], 2 => U16(number), _ => U32(number) };
        }

        return numbers;
    }

    /// <summary>Bytes or text; null where nothing is said, or it is something else, longer, or not in the file.</summary>
    public byte[]? Bytes(int tag, long most) =>
        _entries.TryGetValue(tag, out Entry entry) && entry.Type is ByteType or TextType or AnyType
            && entry.Count <= most && entry.ValueAt + entry.Count <= _file.Length
            ? BytesAt(_file, entry.ValueAt, entry.Count) : null;

    /// <summary>A fraction above 0; null where nothing is said, or something else.</summary>
    public double? Fraction(int tag)
    {
        if (!_entries.TryGetValue(tag, out Entry entry) || entry.Type != RationalType || entry.Count != 1
            || entry.ValueAt + 8 > _file.Length)
            return null;
        byte[] bytes = BytesAt(_file, entry.ValueAt, 8);
        (double numerator, double denominator) = (U32(bytes), U32(bytes.AsSpan(4)));
        return numerator > 0 && denominator > 0 ? numerator / denominator : null;
    }

    private static byte[] BytesAt(Stream file, long at, long length)
    {
        if (at + length > file.Length)
            throw new EndOfStreamException();
        byte[] bytes = new byte[length];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Bytes of a value; 8 for types that are not known, so that they are not looked for within an entry.</summary>
    private static int SizeOf(int type) => type switch { ByteType or TextType or AnyType => 1, ShortType => 2, LongType => 4, _ => 8 };

    private int U16(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private long U32(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
