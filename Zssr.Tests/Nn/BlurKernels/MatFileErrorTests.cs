using System.Text;
using Zssr.Nn;
using Zssr.Tests.Fuzzing;

namespace Zssr.Tests.Nn.BlurKernels;

/// <summary>MAT-files of another kind, damaged or without a kernel: each is refused with a message that names the trouble.</summary>
[RunsApart]
public sealed class MatFileErrorTests
{
    private static readonly MatBytes Mat = new();
    private static readonly double[,] Table = { { 1, 2 }, { 3, 4 } };

    private static byte[] Changed(byte[] file, int place, params byte[] bytes) =>
        [.. file[..place], .. bytes, .. file[(place + bytes.Length)..]];

    private static byte[] Broken(int[] sizes, byte[] content) => Mat.File(Mat.Variable("Kernel", MatBytes.DoubleClass, sizes, content));

    private static TestCaseData Case(string name, byte[] file, string message, string? variable = null) =>
        new TestCaseData(file, variable, message).SetName("Refuses " + name);

    public static IEnumerable<TestCaseData> BrokenFiles()
    {
        byte[] numbers = Mat.Numbers(MatBytes.Double, [1, 2, 3, 4]);
        byte[] sound = Mat.File(Mat.Variable("Kernel", Table));
        byte[] packed = Mat.File(Mat.Pack(Mat.Variable("Kernel", Table)));
        byte[] matlab73 = Encoding.ASCII.GetBytes("MATLAB 7.3 MAT-file, Platform: GLNXA64".PadRight(124) + "\0\u0002IM");

        return
        [
            Case("an empty file", [], "the 0 bytes do not begin with the header"),
            Case("another file", "not a MAT-file"u8.ToArray(), "do not begin with the header"),
            Case("an unknown version", Changed(sound, 125, 3), "do not begin with the header"),
            Case("version 7.3", matlab73, "version 7.3 (HDF5)"),
            Case("an HDF5 file", [0x89, .. "HDF\r\n\u001a\n"u8, .. new byte[200]], "version 7.3 (HDF5)"),
            Case("version 4", [0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, (byte)'k', 0, .. new byte[32]], "version 4"),
            Case("a file without variables", Mat.File(), "no variable 'Kernel' and no other numeric matrix. It has no variables"),
            Case("several matrices", Mat.File(Mat.Variable("a", Table), Mat.Variable("b", Table)), "'a' (2 × 2 double), 'b' (2 × 2"),
            Case("a name that is not there", sound, "no variable 'kernel'. It has 'Kernel' (2 × 2 double)", "kernel"),
            Case("a cell", Mat.File(Mat.Variable("Kernel", MatBytes.CellClass, [1, 1], [])), "'Kernel' is of class cell"),
            Case("a sparse matrix", Mat.File(Mat.Variable("Kernel", MatBytes.SparseClass, [2, 2], [])), "is of class sparse"),
            Case("a complex matrix", Mat.File(Mat.Variable("Kernel", Table, flags: MatBytes.ComplexFlag)), "'Kernel' is complex"),
            Case("three axes", Broken([2, 1, 2], numbers), "has 3 axes (2 × 1 × 2)"),
            Case("no rows", Broken([0, 2], Mat.Numbers(MatBytes.Double, [])), "it is 0 × 2"),
            Case("a negative size", Broken([-2, -2], numbers), "it is -2 × -2"),
            Case("too many rows", Broken([256, 1], Mat.Numbers(MatBytes.Double, new double[256])), "it is 256 × 1; a kernel must be 1 × 1"),
            Case("an enormous size", Broken([int.MaxValue, int.MaxValue], numbers), "it is 2147483647 × 2147483647"),
            Case("too few numbers", Broken([2, 2], Mat.Numbers(MatBytes.Double, [1, 2, 3])), "is 2 × 2 but has 3 numbers"),
            Case("too many numbers", Broken([2, 1], numbers), "is 2 × 1 but has 4 numbers"),
            Case("no numbers at all", Broken([2, 2], []), "0 bytes are left where an element"),
            Case("numbers cut short", Broken([2, 2], numbers[..^16]), "32 bytes of data are announced, but 16 follow. It is truncated."),
            Case("numbers of another type", Broken([2, 2], Mat.Element(16, new byte[32])), "16 is not a type of numbers"),
            Case("a tag with too many bytes of its own", Broken([1, 1], [1, 0, 5, 0, 0, 0, 0, 0]), "5 bytes are announced within a tag"),
            Case("NaN", Mat.File(Mat.Variable("Kernel", new[,] { { 1, double.NaN } })), "not a number"),
            Case("weights that cancel", Mat.File(Mat.Variable("Kernel", new double[,] { { 1, -1 } })), "the weights sum to 0"),
            Case("an end within the variable", sound[..^8], "It is truncated"),
            Case("an end within a tag", sound[..132], "4 bytes are left where an element"),
            Case("bytes after the last variable", [.. sound, 1, 2, 3], "3 bytes are left where an element"),
            Case("a stray element", Mat.File(Mat.Numbers(MatBytes.Int32, [1])), "type 5 stands in place of a variable"),
            Case("flags of another type", Mat.File(Mat.Element(14, Mat.Numbers(MatBytes.Double, [6]))), "the array flags of a variable"),
            Case("a single size", Broken([2], numbers), "the sizes of a variable"),
            Case("a packed variable that is damaged", Changed(packed, packed.Length - 1, (byte)(packed[^1] ^ 1)), "cannot be unpacked"),
            Case("a packed variable of another packing", Changed(packed, 136, 0, 0), "cannot be unpacked"),
            Case("a packed variable with a preset dictionary", Changed(packed, 136, 0x78, 0x20), "cannot be unpacked"),
            Case("a packed variable cut inside", Mat.File(Mat.Pack(Mat.Variable("Kernel", Table)[..^8])), "It is truncated"),
            Case("a packed variable in another", Mat.File(Mat.Pack(Mat.Pack(Mat.Variable("Kernel", Table)))), "type 15 stands in place"),
        ];
    }

    [TestCaseSource(nameof(BrokenFiles))]
    public void Refuses(byte[] file, string? variable, string message)
    {
        using var stream = new MemoryStream(file);
        Assert.That(
            () => BlurKernel.FromMat(stream, variable), Throws.TypeOf<BlurKernelException>().With.Message.Contains(message));
    }

    [Test]
    public void A_stream_without_end_is_refused()
    {
        using var stream = new EndlessStream();
        Assert.That(() => BlurKernel.FromMat(stream), Throws.TypeOf<BlurKernelException>().With.Message.Contains("over 67108864 bytes"));
    }

    [Test]
    public void Variables_that_unpack_to_gigabytes_in_all_are_refused()
    {
        byte[] bomb = Mat.Pack(Mat.Variable("mask", MatBytes.UInt8Class, [1 << 20, 1], Mat.Element(MatBytes.UInt8, new byte[1 << 20])));
        using var stream = new MemoryStream(Mat.File([.. Enumerable.Repeat(bomb, 3000)])); // 3 GB
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(
            () => BlurKernel.FromMat(stream), Throws.TypeOf<BlurKernelException>().With.Message.Contains("unpack to over 67108864 bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(300 << 20), "bytes of memory");
    }

    [Test]
    public void Any_change_of_a_file_is_read_or_refused_but_never_crashes([Values] bool packed, [Values] bool littleEndian)
    {
        int changes = Thoroughness.Of(usual: 1000, thorough: 5000);
        var random = new Random(2);
        var mat = new MatBytes(littleEndian);
        byte[] other = mat.Variable("mask", Table, MatBytes.UInt8Class, MatBytes.UInt8, small: true);
        byte[] kernel = mat.Variable("Kernel", Table);
        byte[] sound = packed ? mat.File(mat.Pack(other), mat.Pack(kernel)) : mat.File(other, kernel);
        int refused = 0;
        for (int change = 0; change < changes; change++)
        {
            // The 116 letters of text at the start mean nothing.
            byte[] changed = [.. sound[..116], .. Mutation.Of(sound[116..], random)];
            try
            {
                using var stream = new MemoryStream(changed);
                BlurKernel.FromMat(stream);
            }
            catch (BlurKernelException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"change {change}: {e}\n{Convert.ToHexString(changed[116..])}");
            }
        }

        Assert.That(refused, Is.InRange(changes / 3, changes - 1));
    }

    /// <summary>Zeros without end, as from a device file.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Clear();
            return buffer.Length;
        }
    }
}
