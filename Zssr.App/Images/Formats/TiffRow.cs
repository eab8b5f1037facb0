using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>One stored row of a block of a TIFF image at a time.</summary>
internal sealed class TiffRow(TiffHeader header, long length)
{
    private readonly byte[] _bytes = new byte[length];

    /// <summary>Reads the next row, and adds up its differences.</summary>
    public void Read(TiffUnpacker unpacker)
    {
        unpacker.ReadExactly(_bytes);
        if (!header.HasDifferences)
            return;
        int together = header.SamplesTogether;
        if (header.Bits == 8)
        {
            for (int i = together; i < _bytes.Length; i++)
                _bytes[i] += _bytes[i - together];
            return;
        }

        for (int i = together; i < _bytes.Length / 2; i++)
            Set16(i, (ushort)(this[i] + this[i - together]));
    }

    /// <summary>A sample of the row.</summary>
    /// <param name="index">Counted over all samples that the row has.</param>
    public int this[int index] => header.Bits switch
    {
        8 => _bytes[index],
        16 when header.BigEndian => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2 * index)),
        16 => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(2 * index)),
        int bits => (_bytes[(int)((long)index * bits / 8)] >> (8 - bits - (int)((long)index * bits % 8))) & ((1 << bits) - 1),
    };

    private void Set16(int index, ushort value)
    {
        Span<byte> at = _bytes.AsSpan(2 * index);
        if (header.BigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(at, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(at, value);
    }
}
