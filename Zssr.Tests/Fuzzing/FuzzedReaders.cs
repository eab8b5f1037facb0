using System.Text;
using Zssr.App.Images;
using Zssr.App.Images.Formats;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.App;
using Zssr.Tests.App.Images;
using Zssr.Tests.Nn;
using Zssr.Tests.Nn.BlurKernels;

namespace Zssr.Tests.Fuzzing;

/// <summary>The readers of files that come from anywhere, with whole files of every kind that each knows.</summary>
internal sealed class FuzzedReaders : IDisposable
{
    public static readonly string[] Names =
        ["png", "jpeg", "bmp", "tga", "tiff", "mat", "kernel text", "safetensors", "checkpoint", "network", "run.json"];

    private const string Record =
        """{"status": "finished", "inputSha256": "ab", "settingsSha256": "cd", "output": {"path": "a.png", "height": 3}}""";

    // A few bytes of runs are a picture of any size: a large one takes its memory by right, and is none of the faults that are looked for.
    private const int MostPixels = 1_000_000;

    // Readers of images take a path.
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The reader of that name.</summary>
    public FuzzedReader Get(string name) => name switch
    {
        "png" => Image(name, PngFiles()) with { Repair = PngBytes.RestoreChecksums },
        "jpeg" => Image(name, [Encoded(ImageFormat.Jpeg, 3), Encoded(ImageFormat.Jpeg, 1)]),
        "bmp" => Image(name, [Encoded(ImageFormat.Bmp, 3), Encoded(ImageFormat.Bmp, 1)]),
        "tga" => Image(name, [Encoded(ImageFormat.Tga, 3), Encoded(ImageFormat.Tga, 1)]),
        "tiff" => Image(name, []),
        "mat" => new FuzzedReader(name, MatFiles(), file => BlurKernel.FromMat(new MemoryStream(file)), e => e is BlurKernelException),
        "kernel text" => new FuzzedReader(
            name, [Encoding.UTF8.GetBytes("0.1 0.3, 0.1\n# a comment\n0.05;0.4 0\n-1e-3\t0.05 0\r\n")],
            file => BlurKernel.FromText(new StreamReader(new MemoryStream(file))), e => e is BlurKernelException),
        "safetensors" => new FuzzedReader(
            name, [Safetensors(), Checkpoint(), OlderCheckpoint()], file => SafetensorsFile.Read(new MemoryStream(file)), e => e is SafetensorsException),
        "checkpoint" => new FuzzedReader(
            name, [Checkpoint(), OlderCheckpoint()], file => SmallRuns.Read(file), e => e is SafetensorsException or CheckpointException),
        "network" => new FuzzedReader(
            name, [OlderCheckpoint(), Safetensors()], file => StoredNetwork.Read(SmallRuns.Cpu, SafetensorsFile.Read(new MemoryStream(file))).Dispose(),
            e => e is SafetensorsException or CheckpointException),
        _ => new FuzzedReader(
            name, [Encoding.UTF8.GetBytes(Record), Encoding.UTF8.GetBytes("""{"status":1e9,"output":[{}],"inputSha256":null}""")],
            file => EarlierRun.Read(InFile("run.json", file))?.IsOf(new RunIdentity("ab", "cd"), "a.png"), _ => false),
    };

    private FuzzedReader Image(string name, byte[][] files) =>
        new(name, [.. files, .. ImageData.Names.Where(file => file.EndsWith(Ending(name), StringComparison.Ordinal)).Select(ImageData.Bytes)],
            file => ImageFile.Read(InFile("image", file), MostPixels), e => e is ImageFileException);

    private static string Ending(string name) => name switch { "jpeg" => ".jpg", "tiff" => ".tif", _ => "." + name };

    private string InFile(string name, byte[] bytes)
    {
        string path = _folder.File(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Encoded(ImageFormat format, int channels)
    {
        using var stream = new MemoryStream();
        var picture = new Picture(11, 13, channels, [.. PlainImages.Drawing(11, 13, channels).Pixels.Select(x => (float)x)]);
        ImageEncoder.Encode(picture, format, stream);
        return stream.ToArray();
    }

    private static byte[][] PngFiles() =>
    [
        Encoded(ImageFormat.Png, 3),
        PngBytes.Make(5, 16, PngBytes.GrayAlpha, [.. Enumerable.Range(0, 4).Select(row => new byte[20].Select((_, i) => (byte)(row * i)).ToArray())]),
        PngBytes.Make(7, 2, PngBytes.Palette, [[0x1B, 0x1B], [0xE4, 0x00]], ("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), ("tRNS", [0, 128])),
        PngBytes.Make(3, 8, PngBytes.Rgba, [new byte[12], new byte[12]], ("gAMA", [0, 0, 0xB1, 0x8F]), ("pHYs", [0, 0, 11, 19, 0, 0, 11, 19, 1])),
    ];

    private static byte[][] MatFiles()
    {
        var mat = new MatBytes();
        double[,] kernel = { { 0.1, 0.2, 0.1 }, { 0.2, 0.3, 0.1 } };
        byte[] variable = mat.Variable("Kernel", kernel);
        var big = new MatBytes(littleEndian: false);
        return [mat.File(variable), mat.File(mat.Pack(variable)), big.File(big.Variable("k", new double[,] { { 1, 2 }, { 3, 4 } }, storage: MatBytes.UInt16))];
    }

    private static byte[] Safetensors()
    {
        using var network = new ZssrNetwork(SmallRuns.Cpu, SmallRuns.Paper.Network, channels: 3, seed: 1);
        var file = new SafetensorsFile();
        ParameterStore.Add(file, network.Parameters);
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    /// <summary>Without a checksum, so that what is damaged gets past it.</summary>
    private static byte[] OlderCheckpoint() => SmallRuns.AsOlderVersion(Checkpoint());

    private static byte[] Checkpoint()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        return SmallRuns.CheckpointOfCancelledRun(new SuperResolver(SmallRuns.Paper), image, cancelAtPair: 5);
    }
}
