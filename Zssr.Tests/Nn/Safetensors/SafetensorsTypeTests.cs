using System.Text;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Safetensors;

/// <summary>Half precision becomes float32, and an array of another type that nobody asks for stops nothing.</summary>
public sealed class SafetensorsTypeTests
{
    /// <summary>Bits and values as in IEEE 754-2019, table 3.5, and for BF16 the upper half of a float32.</summary>
    [TestCase("F16", (ushort)0x0000, 0f)]
    [TestCase("F16", (ushort)0x8000, -0f)]
    [TestCase("F16", (ushort)0x3C00, 1f)]
    [TestCase("F16", (ushort)0xC000, -2f)]
    [TestCase("F16", (ushort)0x3555, 0.333251953125f)]
    [TestCase("F16", (ushort)0x7BFF, 65504f)]
    [TestCase("F16", (ushort)0x0001, 5.9604644775390625e-8f)]
    [TestCase("F16", (ushort)0x7C00, float.PositiveInfinity)]
    [TestCase("BF16", (ushort)0x3F80, 1f)]
    [TestCase("BF16", (ushort)0xC000, -2f)]
    [TestCase("BF16", (ushort)0x3EAB, 0.333984375f)]
    [TestCase("BF16", (ushort)0x7F7F, 3.3895313892515355e38f)]
    [TestCase("BF16", (ushort)0xFF80, float.NegativeInfinity)]
    public void Half_precision_is_widened(string type, ushort bits, float expected)
    {
        string header = $$$"""{"w":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""";
        var file = SafetensorsFile.Read(Bytes(header, [0, 0, .. BitConverter.GetBytes(bits)]));

        Assert.That(BitConverter.SingleToInt32Bits(file.Floats("w")[1]), Is.EqualTo(BitConverter.SingleToInt32Bits(expected)));
        Assert.That(file.Doubles("w")[1], Is.EqualTo((double)expected));
        Assert.That((file.DTypeOf("w"), file.TypeNameOf("w")), Is.EqualTo((DType.Float32, type)));
        using var stream = new MemoryStream();
        file.Write(stream);
        Assert.That(SafetensorsFile.Read(stream.ToArray()).TypeNameOf("w"), Is.EqualTo("F32"), "written as what it is here");
    }

    /// <summary>Rounded to the nearest, ties to even; beyond the largest number to infinity (IEEE 754-2019, 4.3.1).</summary>
    [TestCase(1f, (ushort)0x3C00)]
    [TestCase(1f + 1f / 2048, (ushort)0x3C00)]
    [TestCase(1f + 3f / 2048, (ushort)0x3C02)]
    [TestCase(-0f, (ushort)0x8000)]
    [TestCase(65520f, (ushort)0x7C00)]
    public void An_array_can_be_written_in_half_precision(float value, ushort bits)
    {
        var file = new SafetensorsFile();
        file.AddHalf("w", [3], [0, value, 0]);
        using var stream = new MemoryStream();
        file.Write(stream, withChecksum: true);
        byte[] bytes = stream.ToArray();
        Assert.That(BitConverter.ToUInt16(bytes, bytes.Length - 4), Is.EqualTo(bits));
        var read = SafetensorsFile.Read(bytes);
        Assert.That((read.TypeNameOf("w"), read.Floats("w")[1]), Is.EqualTo(("F16", (float)BitConverter.UInt16BitsToHalf(bits))));
        Assert.That(file.Floats("w"), Is.EqualTo(read.Floats("w")));
    }

    [Test]
    public void NaN_stays_NaN()
    {
        foreach ((string type, byte high) in new[] { ("F16", (byte)0x7E), ("BF16", (byte)0x7F) })
        {
            var file = SafetensorsFile.Read(Bytes($$$"""{"w":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,2]}}""", [0xC1, high]));
            Assert.That(file.Floats("w")[0], Is.NaN, type);
        }
    }

    [TestCase("I64", "[1]", 8)]
    [TestCase("BOOL", "[3,3]", 9)]
    [TestCase("F8_E4M3", "[5]", 5)]
    [TestCase("F6_E2M3", "[4]", 3)]
    [TestCase("F4", "[200001,2]", 200001)]
    [TestCase("U8", "[0]", 0)]
    public void An_array_of_another_type_stops_only_those_who_want_it(string type, string shape, int bytes)
    {
        string header = $$$"""
            {"other":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":[4,{{{4 + bytes}}}]},
            "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
            "z":{"dtype":"F32","shape":[1],"data_offsets":[{{{4 + bytes}}},{{{8 + bytes}}}]}}
            """;
        byte[] data = [.. BitConverter.GetBytes(1.5f), .. new byte[bytes], .. BitConverter.GetBytes(2.5f)];
        byte[] whole = Bytes(header, data);

        var file = SafetensorsFile.Read(whole);

        Assert.That((file.Floats("a")[0], file.Floats("z")[0]), Is.EqualTo((1.5f, 2.5f)));
        Assert.That((file.Contains("other"), file.TypeNameOf("other")), Is.EqualTo((true, type)));
        Action[] uses =
        [
            () => file.Floats("other"), () => file.Doubles("other"), () => file.DTypeOf("other"), () => file.Write(Stream.Null),
        ];
        foreach (Action use in uses)
        {
            Assert.That(
                () => use(),
                Throws.TypeOf<SafetensorsException>()
                    .With.Message.Contains($"'other' is {type}, which is not read").And.Message.Contains("tensor.float()"));
        }

        Assert.That(() => SafetensorsFile.Read(whole.AsSpan(..^5)), Throws.TypeOf<SafetensorsException>().With.Message.Contains("cut short"));
        using var trickling = new TricklingStream(whole[..^5]);
        Assert.That(() => SafetensorsFile.Read(trickling), Throws.TypeOf<SafetensorsException>().With.Message.Contains("cut short"));
    }

    [Test]
    public void A_network_in_half_precision_is_read_and_a_counter_beside_it_passed_over()
    {
        // One layer, 1 x 1, from one channel to one: weight 0.5.
        byte[] bytes = Bytes(
            """
            {"layers.0.weight":{"dtype":"BF16","shape":[1,1,1,1],"data_offsets":[0,2]},
            "step":{"dtype":"I64","shape":[],"data_offsets":[2,10]}}
            """,
            [0x00, 0x3F, 7, 0, 0, 0, 0, 0, 0, 0]);

        using var network = StoredNetwork.Read(SmallRuns.Cpu, SafetensorsFile.Read(bytes));

        Assert.That(network.Network.Parameters.Single().Value.ToArray(), Is.EqualTo(new[] { 0.5f }));
    }

    [Test]
    public void A_network_of_whole_numbers_is_refused()
    {
        byte[] bytes = Bytes("""{"layers.0.weight":{"dtype":"I8","shape":[1,1,1,1],"data_offsets":[0,1]}}""", [1]);

        Assert.That(
            () => StoredNetwork.Read(SmallRuns.Cpu, SafetensorsFile.Read(bytes)),
            Throws.TypeOf<CheckpointException>().With.Message.Contains("'layers.0.weight' is I8, which is not read"));
    }

    private static byte[] Bytes(string header, byte[] data) =>
        [.. SafetensorsBytes.Length((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data];
}
