using Zssr.Nn;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Nn.BlurKernels;

/// <summary>Kernels from MAT-files: both orders of bytes, packed or not, every storage type, and the choice of the variable.</summary>
[RunsApart]
public sealed class MatFileTests
{
    private static readonly double[,] Table = { { 1, 2, 3 }, { 4, 50, 100 } };

    private static double[,] Golden(string name)
    {
        double[,] weights = new double[9, 9];
        Buffer.BlockCopy(GoldenFile.Open("numeric_kernel").Doubles(name + ".kernel"), 0, weights, 0, Buffer.ByteLength(weights));
        return weights;
    }

    private static double[,] Matrix(byte[] file, string? variable = null)
    {
        using var stream = new MemoryStream(file);
        return KernelVariable.Choose(MatFile.Read(stream), variable).ReadMatrix();
    }

    private static BlurKernel FromMat(byte[] file, string? variable = null)
    {
        using var stream = new MemoryStream(file);
        return BlurKernel.FromMat(stream, variable);
    }

    [Test]
    public void A_real_kernel_comes_back_to_the_bit(
        [Values("BSD100_100_lr_rand_ker_c_X2_0", "charlie_0")] string name, [Values] bool littleEndian, [Values] bool packed)
    {
        double[,] golden = Golden(name);
        var mat = new MatBytes(littleEndian);
        byte[] variable = mat.Variable("Kernel", golden);

        Assert.That(Matrix(mat.File(packed ? mat.Pack(variable) : variable)), Is.EqualTo(golden));
    }

    [Test]
    public void Numbers_may_be_stored_as_any_type(
        [Values(1, 2, 3, 4, 5, 6, 7, 9, 12, 13)] int storage, [Values(6, 7, 8, 9, 10, 11, 12, 13, 14, 15)] int matClass,
        [Values] bool littleEndian)
    {
        var mat = new MatBytes(littleEndian);

        Assert.That(Matrix(mat.File(mat.Variable("k", Table, matClass, storage))), Is.EqualTo(Table));
    }

    [TestCase(MatBytes.Int8)]
    [TestCase(MatBytes.Int16)]
    [TestCase(MatBytes.Int32)]
    [TestCase(MatBytes.Int64)]
    [TestCase(MatBytes.Single)]
    [TestCase(MatBytes.Double)]
    public void Negative_numbers_keep_their_sign(int storage)
    {
        double[,] table = { { -1, 100 }, { -2, 3 } };

        foreach (bool littleEndian in new[] { true, false })
        {
            var mat = new MatBytes(littleEndian);
            Assert.That(Matrix(mat.File(mat.Variable("k", table, storage: storage))), Is.EqualTo(table));
        }
    }

    [Test]
    public void Few_small_numbers_lie_in_the_tag([Values] bool littleEndian)
    {
        double[,] row = { { 1, 2, 3 } };
        var mat = new MatBytes(littleEndian);

        Assert.That(Matrix(mat.File(mat.Variable("k", row, storage: MatBytes.UInt8, small: true))), Is.EqualTo(row));
    }

    [Test]
    public void Logicals_are_numbers()
    {
        var mat = new MatBytes();
        double[,] mask = { { 1, 0, 1 } };

        byte[] variable = mat.Variable("mask", mask, MatBytes.UInt8Class, MatBytes.UInt8, MatBytes.LogicalFlag);

        Assert.That(Matrix(mat.File(variable)), Is.EqualTo(mask));
    }

    [Test]
    public void The_kernel_is_divided_by_its_sum()
    {
        var mat = new MatBytes();

        BlurKernel kernel = FromMat(mat.File(mat.Variable("Kernel", Table)));

        Assert.That((kernel.Height, kernel.Width), Is.EqualTo((2, 3)));
        Assert.That(kernel.Numeric[1, 2], Is.EqualTo(100.0 / 160).Within(1e-15));
        Assert.That(kernel.Numeric[0, 1], Is.EqualTo(2.0 / 160).Within(1e-15));
    }

    [Test]
    public void The_variable_Kernel_goes_before_others_and_a_name_goes_before_it()
    {
        var mat = new MatBytes();
        byte[] file = mat.File(
            mat.Variable("a", new double[,] { { 1 } }), mat.Variable("Kernel", new double[,] { { 2 } }), mat.Variable("kernel", Table));

        Assert.That(Matrix(file), Is.EqualTo(new double[,] { { 2 } }));
        Assert.That(Matrix(file, "kernel"), Is.EqualTo(Table));
    }

    [Test]
    public void Variables_that_are_no_matrices_do_not_count()
    {
        var mat = new MatBytes();
        byte[] inner = mat.Variable("", Table);
        byte[] opaque = mat.Element(14, [.. mat.Numbers(MatBytes.UInt32, [17, 0]), .. mat.Element(MatBytes.Int8, "table"u8.ToArray())]);
        byte[] file = mat.File(
            mat.Pack(mat.Variable("cells", MatBytes.CellClass, [1, 1], inner)),
            mat.Variable("text", MatBytes.CharClass, [1, 2], mat.Numbers(MatBytes.UInt16, [65, 66])),
            mat.Variable("fields", MatBytes.StructClass, [1, 1], inner),
            mat.Variable("sparse", MatBytes.SparseClass, [3, 3], mat.Numbers(MatBytes.Int32, [0])),
            mat.Variable("stack", MatBytes.DoubleClass, [1, 1, 2], mat.Numbers(MatBytes.Double, [1, 2])),
            mat.Pack(mat.Variable("estimate", Table)),
            opaque,
            mat.Variable("", MatBytes.UInt8Class, [1, 8], mat.Numbers(MatBytes.UInt8, [0, 1, 0, 0, 0, 0, 0, 0])));

        Assert.That(Matrix(file), Is.EqualTo(Table));
    }

    [Test]
    public void A_large_image_beside_the_kernel_is_no_hindrance([Values] bool packed)
    {
        var mat = new MatBytes();
        byte[] image = mat.Variable("image", MatBytes.UInt8Class, [3000, 1000], mat.Element(MatBytes.UInt8, new byte[3_000_000]));
        byte[] kernel = mat.Variable("Kernel", Table);

        Assert.That(Matrix(packed ? mat.File(mat.Pack(image), mat.Pack(kernel)) : mat.File(image, kernel)), Is.EqualTo(Table));
    }

    [Test]
    public void A_kernel_of_the_largest_size_is_read([Values] bool packed)
    {
        double[,] largest = new double[255, 255];
        for (int i = 0; i < 255; i++)
            (largest[i, 254 - i], largest[i, 7]) = (i + 1, 0.5);
        var mat = new MatBytes();
        byte[] variable = mat.Variable("Kernel", largest);

        Assert.That(Matrix(mat.File(packed ? mat.Pack(variable) : variable)), Is.EqualTo(largest));
    }

    [Test]
    public void A_packed_bomb_is_not_unpacked_to_its_end()
    {
        var mat = new MatBytes();
        byte[] zeros = mat.Element(MatBytes.Double, new byte[64_000_000]);
        byte[] file = mat.File(mat.Pack(mat.Variable("bomb", MatBytes.DoubleClass, [8000, 1000], zeros)), mat.Variable("Kernel", Table));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(Matrix(file), Is.EqualTo(Table));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
    }
}
