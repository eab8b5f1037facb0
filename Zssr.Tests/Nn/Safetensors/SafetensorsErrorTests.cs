using System.Text;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Fuzzing;

namespace Zssr.Tests.Nn.Safetensors;

/// <summary>Broken files and misuse: each is refused with a message that names the trouble.</summary>
public sealed class SafetensorsErrorTests
{
    private static string Array(string dtype = "\"F32\"", string shape = "[2]", string offsets = "[0,8]") =>
        $$$"""{"w":{"dtype":{{{dtype}}},"shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""";

    private static TestCaseData Case(string name, byte[] file, string message) =>
        new TestCaseData(file, message).SetName("Refuses " + name);

    private static TestCaseData Case(string name, string header, int dataBytes, string message) =>
        Case(name, SafetensorsBytes.Of(header, dataBytes), message);

    public static IEnumerable<TestCaseData> BrokenFiles() =>
    [
        Case("an empty file", [], "0 bytes"),
        Case("a file shorter than the header length", [1, 0, 0], "3 bytes"),
        Case("a header length beyond the limit", [.. SafetensorsBytes.Length((1 << 20) + 1), (byte)'{'], "1048577 bytes; at most 1048576"),
        Case("a header length of 2⁶⁴ − 1", SafetensorsBytes.Length(ulong.MaxValue), "at most 1048576"),
        Case("a header cut short", SafetensorsBytes.Of(Array(), 0)[..^4], "ends within its header, after 50 of 54"),
        Case("a header of length 0", SafetensorsBytes.Of("", 0), "does not begin with '{'"),
        Case("a header that is a list", "[]", 0, "does not begin with '{'"),
        Case("a header with spaces in front", " {}", 0, "does not begin with '{'"),
        Case("a header that is not UTF-8", SafetensorsBytes.Of([(byte)'{', 0xFF, (byte)'}'], 0), "not UTF-8"),
        Case("a header that is not JSON", "{\"w\":", 0, "not valid JSON"),
        Case("text after the header's object", "{} {}", 0, "not valid JSON"),
        Case("a comment in the header", "{/* */}", 0, "not valid JSON"),
        Case("a header nested too deep", Array(shape: "[[2]]"), 8, "depth"),
        Case("a header nested very deep", "{\"w\":" + new string('[', 100_000), 0, "depth"),
        Case("an array named twice", Array()[..^1] + "," + Array()[1..], 8, "the header has the key 'w' twice"),
        Case("an array named twice, once escaped", Array()[..^1] + "," + Array()[1..].Replace("w", "\\u0077"), 8, "'w' twice"),
        Case("a field given twice", Array(dtype: "\"F32\",\"dtype\":\"F64\""), 8, "'w' has the key 'dtype' twice"),
        Case("metadata given twice", """{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' twice"),
        Case("a metadata key given twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0, "__metadata__ has the key 'k' twice"),
        Case("metadata that is a text", """{"__metadata__":"v"}""", 0, "__metadata__ should be an object"),
        Case("metadata that is a number", """{"__metadata__":{"k":1}}""", 0, "the metadata 'k' should be a string, but is '1'"),
        Case("metadata that is null", """{"__metadata__":{"k":null}}""", 0, "the metadata 'k' should be a string, but is 'null'"),
        Case("half of a surrogate pair in metadata", """{"__metadata__":{"k":"\ud800"}}""", 0, "the metadata 'k' is not valid Unicode"),
        Case("half of a surrogate pair in a name", """{"\udc00":{}}""", 0, "a key of the header is not valid Unicode"),
        Case("an empty name", Array().Replace("\"w\"", "\"\""), 8, "empty name"),
        Case("an array that is a number", """{"w":3}""", 0, "'w' should be an object"),
        Case("an array without dtype", """{"w":{"shape":[2],"data_offsets":[0,8]}}""", 8, "'w' has no dtype"),
        Case("an array without shape", """{"w":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "'w' has no shape"),
        Case("an array without offsets", """{"w":{"dtype":"F32","shape":[2]}}""", 8, "'w' has no data_offsets"),
        Case("an array with an unknown field", Array(offsets: "[0,8],\"stride\":1"), 8, "a field 'stride'"),
        Case("a dtype that is a number", Array(dtype: "32"), 8, "the dtype of 'w' should be a string"),
        Case("bfloat16 of too many bytes", Array("\"BF16\"", "[2]"), 8, "BF16 of shape [2], 4 bytes, but its data_offsets span 8"),
        Case("int64 of too few bytes", Array("\"I64\"", "[2]"), 8, "I64 of shape [2], 16 bytes, but its data_offsets span 8"),
        Case("half a byte", Array("\"F4\"", "[1]", "[0,0]"), 0, "F4 of shape [1], 0.5 bytes"),
        Case("an unknown dtype", Array(dtype: "\"f32\""), 8, "unknown dtype 'f32'"),
        Case("a shape that is a number", Array(shape: "2"), 8, "the shape of 'w' should be a list"),
        Case("a negative size", Array(shape: "[-2]"), 8, "the shape of 'w' should be integers of 0 or more, below 2⁶³, but is '-2'"),
        Case("a size with a fraction", Array(shape: "[2.5]"), 8, "but is '2.5'"),
        Case("a size that is a text", Array(shape: "[\"2\"]"), 8, "the shape of 'w' should be integers"),
        Case("a size beyond 64 bits", Array(shape: "[18446744073709551617]"), 8, "but is '18446744073709551617'"),
        Case("a size beyond 32 bits", Array(shape: "[4294967298]"), 8, "too many elements"),
        Case("sizes whose product overflows to 2", Array(shape: "[2147483647,2147483647,2147483647,2]"), 8, "too many elements"),
        Case("too many axes", Array(shape: "[" + string.Join(",", Enumerable.Repeat(1, 65)) + "]"), 8, "65 axes"),
        Case("offsets that are a text", Array(offsets: "\"0,8\""), 8, "data_offsets of 'w' should be a list"),
        Case("a single offset", Array(offsets: "[8]"), 8, "has 1 numbers"),
        Case("three offsets", Array(offsets: "[0,8,8]"), 8, "has 3 numbers"),
        Case("a negative offset", Array(offsets: "[-8,0]"), 8, "data_offsets of 'w' should be integers"),
        Case("offsets the wrong way round", Array(offsets: "[8,0]"), 8, "begins at byte 8, after its end at 0"),
        Case("offsets that span too few bytes", Array(offsets: "[0,4]"), 8, "8 bytes, but its data_offsets span 4"),
        Case("offsets that fit another dtype", Array(dtype: "\"F64\""), 8, "16 bytes, but its data_offsets span 8"),
        Case("a gap before the first array", Array(offsets: "[4,12]"), 12, "there is a gap"),
        Case("arrays that overlap", Array()[..^1] + "," + Array(offsets: "[4,12]")[1..].Replace("w", "v"), 12, "they overlap"),
        Case("two arrays in one place", Array()[..^1] + "," + Array()[1..].Replace("w", "v"), 8, "they overlap"),
        Case("an empty array beyond the others", Array(shape: "[0]", offsets: "[8,8]"), 8, "there is a gap"),
        Case("data cut short", Array(), 7, "announces 8 bytes of elements; the file has 7"),
        Case("data that is not there", Array(shape: "[500000000]", offsets: "[0,2000000000]"), 8, "the file has 8"),
        Case("data after the last array", Array(), 9, "bytes follow the 8 bytes"),
    ];

    [TestCaseSource(nameof(BrokenFiles))]
    public void Refuses(byte[] file, string message)
    {
        Assert.That(() => SafetensorsFile.Read(file), Throws.TypeOf<SafetensorsException>().With.Message.Contains(message));
        using var stream = new TricklingStream(file);
        Assert.That(() => SafetensorsFile.Read(stream), Throws.TypeOf<SafetensorsException>().With.Message.Contains(message));
    }

    [Test]
    public void A_header_that_promises_gigabytes_costs_no_memory()
    {
        byte[] file = SafetensorsBytes.Of(Array("\"F64\"", "[1000000000]", "[0,8000000000]"), 100);
        using var stream = new TricklingStream(file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => SafetensorsFile.Read(stream), Throws.TypeOf<SafetensorsException>());

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
    }

    [TestCase("", "empty name")]
    [TestCase("__metadata__", "the format's own")]
    [TestCase("there", "already an array 'there'")]
    public void A_name_that_the_file_cannot_hold_is_refused_when_it_is_added(string name, string message)
    {
        var file = new SafetensorsFile();
        file.Add("there", [1], [1f]);

        Assert.That(() => file.Add(name, [1], [1f]), Throws.TypeOf<SafetensorsException>().With.Message.Contains(message));
    }

    [Test]
    public void A_name_with_half_of_a_surrogate_pair_is_refused_when_it_is_added() => Assert.That(
        () => new SafetensorsFile().Add("a\ud800", [1], [1f]),
        Throws.TypeOf<SafetensorsException>().With.Message.Contains("not valid Unicode (character 1)"));

    [Test]
    public void Elements_that_do_not_fill_the_shape_are_refused()
    {
        var file = new SafetensorsFile();

        Assert.That(
            () => file.Add("w", [2, 3], [1f, 2f]),
            Throws.TypeOf<ShapeException>().With.Message.Contains("'w' of shape [2, 3] needs 6 elements; 2 were given"));
        Assert.That(file.Contains("w"), Is.False);
    }

    [Test]
    public void A_missing_array_is_reported_with_those_that_are_there()
    {
        var file = new SafetensorsFile();
        file.Add("layers.0.bias", [1], [1f]);

        Assert.That(
            () => file.Floats("bias"),
            Throws.TypeOf<SafetensorsException>().With.Message.Contains("no array 'bias'").And.Message.Contains("'layers.0.bias'"));
    }

    [Test]
    public void Metadata_that_the_file_cannot_hold_is_refused_when_it_is_written()
    {
        var file = new SafetensorsFile();
        file.Metadata["k"] = null!;
        Assert.That(() => file.Write(Stream.Null), Throws.TypeOf<SafetensorsException>().With.Message.Contains("'k' is null"));

        file.Metadata["k"] = "\udc00";
        Assert.That(() => file.Write(Stream.Null), Throws.TypeOf<SafetensorsException>().With.Message.Contains("not valid Unicode"));
    }

    [Test]
    public void A_header_that_could_not_be_read_again_is_not_written()
    {
        var file = new SafetensorsFile();
        file.Metadata["log"] = new string('x', SafetensorsFile.LongestHeader);

        Assert.That(() => file.Write(Stream.Null), Throws.TypeOf<SafetensorsException>().With.Message.Contains("at most 1048576"));
    }

    [Test]
    public void Any_change_of_a_file_is_read_or_refused_but_never_crashes()
    {
        int changes = Thoroughness.Of(usual: 1_000, thorough: 20_000);
        var random = new Random(1);
        byte[] sound = SafetensorsBytes.Of(
            """{"__metadata__":{"k":"v\u00e4"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}""" +
            ""","b":{"dtype":"F64","shape":[],"data_offsets":[8,16]}} """, 16);
        int refused = 0;
        for (int change = 0; change < changes; change++)
        {
            byte[] changed = Mutation.Of(sound, random);
            try
            {
                SafetensorsFile.Read(changed);
            }
            catch (SafetensorsException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"change {change}: {e}\n{Encoding.Latin1.GetString(changed)}");
            }
        }

        // Bits of elements, names and metadata may change unnoticed; the format has no checksum.
        Assert.That(refused, Is.InRange(changes / 2, changes - 1));
    }
}
