using System.Text;

namespace Zssr.Nn;

/// <summary>A variable of a MAT-file: its class, sizes and name, and its numbers once they are asked for.</summary>
/// <remarks>
/// An element of type Matrix holds further elements: array flags (class in the lowest byte, flags in the next), sizes, name, and for
/// numeric classes the real part, column by column, and the imaginary part if there is one.
/// </remarks>
internal sealed class MatVariable
{
    private const int ComplexFlag = 0x08;
    private const int MostAxes = 32;
    private const int LongestName = 256;

    private readonly bool _littleEndian;
    private readonly bool _isComplex;
    private readonly ReadOnlyMemory<byte> _parts;

    /// <summary>Reads what comes before the numbers.</summary>
    /// <param name="matrix">An element of type Matrix. It may be cut: a large variable is not unpacked to its end.</param>
    public MatVariable(MatElement matrix)
    {
        _littleEndian = matrix.LittleEndian;
        ReadOnlyMemory<byte> parts = matrix.Data;
        MatElement flags = Part(ref parts, "array flags", MatType.UInt32, 2, 2);
        uint word = (uint)flags.Number(0);
        Class = (MatClass)(word & 0xFF);
        _isComplex = (word >> 8 & ComplexFlag) != 0;
        // Objects of MATLAB's classes have neither sizes nor a name in the usual places, and are none of ours.
        if (Class == MatClass.Opaque)
            return;

        MatElement sizes = Part(ref parts, "sizes", MatType.Int32, 2, MostAxes);
        Sizes = [.. Enumerable.Range(0, (int)sizes.NumberCount).Select(axis => (int)sizes.Number(axis))];
        MatElement name = Part(ref parts, "name", MatType.Int8, 0, LongestName);
        Name = Encoding.Latin1.GetString(name.Data.Span);
        _parts = parts;
    }

    /// <summary>What the variable is in MATLAB.</summary>
    public MatClass Class { get; }

    /// <summary>Rows, columns, and further axes.</summary>
    public IReadOnlyList<int> Sizes { get; } = [];

    /// <summary>The name, empty for what MATLAB keeps for itself.</summary>
    public string Name { get; } = "";

    /// <summary>True for numbers and logicals that are not sparse.</summary>
    public bool IsNumeric => Class is >= MatClass.Double and <= MatClass.UInt64;

    /// <summary>The numbers of a real two-dimensional matrix, [row, column].</summary>
    /// <exception cref="BlurKernelException">It is not numeric, is complex, has not two axes, is too large, or is damaged.</exception>
    public double[,] ReadMatrix()
    {
        if (!IsNumeric)
            throw Unsuitable($"is of class {Class.ToString().ToLowerInvariant()}; a kernel must be a full numeric matrix");
        if (_isComplex)
            throw Unsuitable("is complex; a kernel must be real");
        if (Sizes.Count != 2)
            throw Unsuitable($"has {Sizes.Count} axes ({string.Join(" × ", Sizes)}); a kernel must have 2");

        (int height, int width) = (Sizes[0], Sizes[1]);
        BlurKernel.RequireSides(height, width);
        ReadOnlyMemory<byte> parts = _parts;
        MatElement numbers = MatElement.Read(ref parts, _littleEndian);
        if (numbers.NumberCount != (long)height * width)
            throw Unsuitable($"is {height} × {width} but has {numbers.NumberCount} numbers; the file is damaged");

        _ = numbers.WholeData;
        double[,] matrix = new double[height, width];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                matrix[row, column] = numbers.Number(column * height + row);
        }

        return matrix;
    }

    private MatElement Part(ref ReadOnlyMemory<byte> parts, string what, MatType type, int fewest, int most)
    {
        MatElement part = MatElement.Read(ref parts, _littleEndian);
        if (part.Type != type || part.NumberCount < fewest || part.NumberCount > most)
        {
            throw new BlurKernelException(
                $"MAT-file: the {what} of a variable are {part.ByteCount} bytes of type {(int)part.Type}; they should be " +
                $"{fewest} to {most} numbers of type {(int)type}. The file is damaged.");
        }

        _ = part.WholeData;
        return part;
    }

    private BlurKernelException Unsuitable(string reason) => new($"MAT-file: the variable '{Name}' {reason}.");
}
