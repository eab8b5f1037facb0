using System.Text;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Nn.Safetensors;

/// <summary>What is written can be read, is the format to the byte, and files of another program read as they do elsewhere.</summary>
public sealed class SafetensorsRoundTripTests
{
    public static IEnumerable<string> GoldenFiles() => GoldenFileTests.AllFiles();

    private static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Mixed()
    {
        var file = new SafetensorsFile();
        file.Metadata["step"] = "12";
        file.Metadata["note"] = "Grüße \"quoted\" \\ \n 模型 😀";
        file.Add("layers.0.weight", [2, 1, 1, 3], [1f, -2f, float.NaN, float.PositiveInfinity, -0f, float.Epsilon]);
        file.Add("scalar", [], [Math.PI]);
        file.Add("nothing", [3, 0, 2], ReadOnlySpan<float>.Empty);
        file.Add("größe/😀", [2], [double.MaxValue, -double.Epsilon]);
        return file;
    }

    [Test]
    public void The_bytes_of_a_file_are_those_of_the_format()
    {
        var file = new SafetensorsFile();
        file.Metadata["b"] = "2";
        file.Metadata["a"] = "1";
        file.Add("w", [2, 1], [1f, -2f]);
        file.Add("d", [], [1.0]);

        // Padded with spaces to a multiple of 8, which the 8 bytes of the length leave one.
        const string Header =
            """{"__metadata__":{"a":"1","b":"2"}""" +
            ""","w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}""" +
            ""","d":{"dtype":"F64","shape":[],"data_offsets":[8,16]}}""";
        byte[] header = Encoding.ASCII.GetBytes(Header.PadRight((Header.Length + 7) / 8 * 8));
        byte[] expected =
        [
            (byte)header.Length, 0, 0, 0, 0, 0, 0, 0,
            .. header,
            0x00, 0x00, 0x80, 0x3F, // 1f
            0x00, 0x00, 0x00, 0xC0, // −2f
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF0, 0x3F, // 1.0
        ];
        Assert.That(Bytes(file), Is.EqualTo(expected));
    }

    [Test]
    public void The_elements_begin_at_a_multiple_of_8_whatever_the_length_of_the_names()
    {
        for (int letters = 1; letters <= 16; letters++)
        {
            var file = new SafetensorsFile();
            file.Add(new string('n', letters), [1], [1.5f]);

            Assert.That((Bytes(file).Length - sizeof(float)) % 8, Is.Zero, $"{letters} letters");
        }
    }

    [Test]
    public void Everything_comes_back_bit_by_bit_and_in_order()
    {
        SafetensorsFile file = Mixed();

        var read = SafetensorsFile.Read(Bytes(file));

        Assert.That(read.Names, Is.EqualTo(new[] { "layers.0.weight", "scalar", "nothing", "größe/😀" }));
        Assert.That(read.Metadata, Is.EqualTo(file.Metadata));
        foreach (string name in file.Names)
        {
            Assert.That(read.ShapeOf(name), Is.EqualTo(file.ShapeOf(name)), name);
            Assert.That(read.DTypeOf(name), Is.EqualTo(file.DTypeOf(name)), name);
            long[] bits = Array.ConvertAll(file.Doubles(name), BitConverter.DoubleToInt64Bits);
            Assert.That(Array.ConvertAll(read.Doubles(name), BitConverter.DoubleToInt64Bits), Is.EqualTo(bits), name);
        }

        Assert.That(read.DTypeOf("scalar"), Is.EqualTo(DType.Float64));
        Assert.That(read.ShapeOf("nothing").Sizes.ToArray(), Is.EqualTo(new[] { 3, 0, 2 }));
    }

    [Test]
    public void Writing_what_was_read_gives_the_same_bytes()
    {
        byte[] bytes = Bytes(Mixed());

        Assert.That(Bytes(SafetensorsFile.Read(bytes)), Is.EqualTo(bytes));
    }

    [Test]
    public void A_checksum_is_the_SHA256_of_the_file_with_zeros_in_its_place()
    {
        SafetensorsFile file = Mixed();
        using var stream = new MemoryStream();
        file.Write(stream, withChecksum: true);
        byte[] bytes = stream.ToArray();

        int place = Encoding.Latin1.GetString(bytes).IndexOf("\"content_sha256\":\"") + "\"content_sha256\":\"".Length;
        string digits = Encoding.ASCII.GetString(bytes, place, 64);
        byte[] blank = [.. bytes];
        Array.Fill(blank, (byte)'0', place, 64);
        Assert.That(digits, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(blank))));

        var read = SafetensorsFile.Read(bytes);
        Assert.That((read.HasChecksum, SafetensorsFile.Read(Bytes(file)).HasChecksum), Is.EqualTo((true, false)));
        Assert.That(read.Metadata, Is.EqualTo(file.Metadata), "the checksum is the file's, no text of the caller's");
        Assert.That(Bytes(read), Is.EqualTo(Bytes(file)));
        Assert.That(GoldenFile.Parse("with checksum", bytes).Names, Is.EqualTo(file.Names), "another reader");
    }

    [Test]
    public void An_empty_file_has_no_arrays()
    {
        var read = SafetensorsFile.Read(Bytes(new SafetensorsFile()));

        Assert.That(read.Names, Is.Empty);
        Assert.That(read.Metadata, Is.Empty);
    }

    [Test]
    public void A_large_array_comes_through_a_stream_that_gives_few_bytes_at_a_time()
    {
        float[] elements = [.. Enumerable.Range(0, 300_001).Select(i => (float)i)];
        var file = new SafetensorsFile();
        file.Add("before", [1], [7.0]);
        file.Add("large", [elements.Length], elements);

        using var stream = new TricklingStream(Bytes(file));
        var read = SafetensorsFile.Read(stream);

        Assert.That(read.Floats("large"), Is.EqualTo(elements));
        Assert.That(read.Doubles("before"), Is.EqualTo(new[] { 7.0 }));
    }

    [Test]
    public void Arrays_may_lie_in_another_order_than_the_header_names_them()
    {
        const string Header =
            """{"second":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"first":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";

        var read = SafetensorsFile.Read([.. SafetensorsBytes.Of(Header, 0), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]);

        Assert.That(read.Names, Is.EqualTo(new[] { "second", "first" }));
        Assert.That(read.Floats("first"), Is.EqualTo(new[] { 1f }));
        Assert.That(read.Floats("second"), Is.EqualTo(new[] { 2f }));
    }

    [TestCaseSource(nameof(GoldenFiles))]
    public void A_file_of_another_program_reads_as_the_tests_own_reader_reads_it(string name)
    {
        var golden = GoldenFile.Open(name);

        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", name));
        var read = SafetensorsFile.Read(stream);

        Assert.That(read.Names, Is.EqualTo(golden.Names));
        Assert.That(read.Metadata, Is.EqualTo(golden.Metadata));
        foreach (string array in golden.Names)
        {
            Assert.That(read.ShapeOf(array).Sizes.ToArray(), Is.EqualTo(golden.Shape(array)), array);
            Assert.That(read.Doubles(array).AsSpan().SequenceEqual(golden.Doubles(array)), Is.True, array);
            Assert.That(read.Floats(array).AsSpan().SequenceEqual(golden.Floats(array)), Is.True, array);
        }
    }

    [Test]
    public void The_elements_that_come_out_are_copies()
    {
        SafetensorsFile file = Mixed();

        file.Floats("layers.0.weight")[0] = 100;
        file.Doubles("scalar")[0] = 100;

        Assert.That(file.Floats("layers.0.weight")[0], Is.EqualTo(1f));
        Assert.That(file.Doubles("scalar")[0], Is.EqualTo(Math.PI));
    }
}
