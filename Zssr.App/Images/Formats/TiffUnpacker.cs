using System.IO.Compression;

namespace Zssr.App.Images.Formats;

/// <summary>Unpacks the blocks of a TIFF image, each of which is packed for itself.</summary>
/// <param name="source">The packed bytes of a block.</param>
internal abstract class TiffUnpacker(FileSection source) : IDisposable
{
    /// <summary>The packed bytes of the block.</summary>
    protected FileSection Source { get; } = source;

    /// <summary>The unpacker of a file.</summary>
    /// <param name="packing">How its blocks are packed.</param>
    /// <param name="source">The packed bytes of a block.</param>
    public static TiffUnpacker Of(TiffPacking packing, FileSection source) => packing switch
    {
        TiffPacking.None => new Stored(source),
        TiffPacking.Lzw => new TiffLzw(source),
        TiffPacking.PackBits => new TiffPackBits(source),
        _ => new Deflated(source),
    };

    /// <summary>The source is at the beginning of another block.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>The next bytes of the block.</summary>
    /// <exception cref="EndOfStreamException">It has no more.</exception>
    /// <exception cref="InvalidDataException">They make no sense.</exception>
    public void ReadExactly(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = Read(bytes);
            if (read == 0)
                throw new EndOfStreamException();
            bytes = bytes[read..];
        }
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Some of the next bytes; 0 at the end.</summary>
    protected abstract int Read(Span<byte> bytes);

    /// <summary>What damaged blocks are called.</summary>
    protected static InvalidDataException MakesNoSense(Exception? cause = null) => new("its compressed pixels make no sense", cause);

    private sealed class Stored(FileSection source) : TiffUnpacker(source)
    {
        protected override int Read(Span<byte> bytes) => Source.Read(bytes);
    }

    /// <summary>Deflate with zlib's head and checksum, as in PNG files.</summary>
    private sealed class Deflated(FileSection source) : TiffUnpacker(source)
    {
        private ZLibStream? _stream;

        public override void Begin()
        {
            _stream?.Dispose();
            _stream = new ZLibStream(Source, CompressionMode.Decompress, leaveOpen: true);
        }

        public override void Dispose()
        {
            _stream?.Dispose();
            base.Dispose();
        }

        protected override int Read(Span<byte> bytes)
        {
            try
            {
                return _stream!.Read(bytes);
            }
            catch (InvalidDataException failure) // its message speaks of archives
            {
                throw MakesNoSense(failure);
            }
        }
    }
}
