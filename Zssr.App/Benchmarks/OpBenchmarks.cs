using Zssr.Tensors;

namespace Zssr.App.Benchmarks;

/// <summary>
/// The operations of a training step and of an enlargement, at the sizes of ZSSR's network: size × size pixels, 64 channels inside, 3 outside.
/// </summary>
internal sealed class OpBenchmarks : IDisposable
{
    private const int Width = 64;
    private const int Colours = 3;
    private const int Variants = 8;

    private readonly Device _device;
    private readonly int _size;
    private readonly List<Tensor> _tensors = [];
    private readonly List<ReluMask> _masks = [];
    private ulong _seed;

    public OpBenchmarks(Device device, int size) => (_device, _size) = (device, size);

    /// <summary>All of them, in the order in which a step meets them.</summary>
    public IEnumerable<OpBenchmark> All() =>
    [
        .. Convolutions("64 to 64", Width, Width),
        .. Convolutions("3 to 64", Colours, Width),
        .. Convolutions("64 to 3", Width, Colours),
        .. Conv2dBlock.Fits(_device, DType.Float32) ? Blocks() : [],
        .. Matrices(),
        .. ElementByElement(),
        .. Images(),
    ];

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors)
            tensor.Dispose();
        foreach (ReluMask mask in _masks)
            mask.Dispose();
        _tensors.Clear();
        _masks.Clear();
    }

    private IEnumerable<OpBenchmark> Convolutions(string channels, int inputs, int outputs)
    {
        Tensor x = Activations(inputs), y = Activations(outputs), w = New([3, 3, inputs, outputs]);
        double flops = new Conv2dGeometry(1, _size, _size, inputs, 3, 3, outputs, 1, 1).Flops, bytes = Bytes(x, y, w);
        yield return Op($"conv2d {channels}", flops, bytes, () => Conv2d.Forward(x, w, null, 1, 1));
        yield return Op($"conv2d {channels}, input gradient", flops, bytes, () => Conv2d.InputGradient(y, w, _size, _size, 1, 1));
        yield return Op($"conv2d {channels}, weight gradient", flops, bytes, () => Conv2d.WeightGradient(x, y, 3, 3, 1, 1));
    }

    private IEnumerable<OpBenchmark> Blocks()
    {
        Tensor x = Activations(Width), dy = Activations(Width), w = New([3, 3, Width, Width]), b = New([Width]);
        var form = new Conv2dBlockForm(1, 1, HasRelu: true, IsResidual: true);
        double flops = new Conv2dGeometry(1, _size, _size, Width, 3, 3, Width, 1, 1).Flops, bytes = Bytes(x, x, dy, w);
        Conv2dBlock.Forward(x, w, b, form, keepsMask: true, out ReluMask? mask).Dispose();
        _masks.Add(mask!);
        yield return Op("block 64 to 64", flops, bytes, () =>
        {
            Tensor y = Conv2dBlock.Forward(x, w, b, form, keepsMask: true, out ReluMask? bits);
            bits!.Dispose();
            return y;
        });
        yield return Op("block 64 to 64, input gradient", flops, bytes, () => Conv2dBlock.InputGradient(dy, mask, w, _size, _size, form));
        yield return Op("block 64 to 64, weight gradient", flops, Bytes(x, dy, w), () =>
        {
            (Tensor dw, Tensor db) = Conv2dBlock.ParameterGradients(x, dy, mask, 3, 3, form);
            db.Dispose();
            return dw;
        });
    }

    /// <summary>A large product, those of Muon for a layer of 32 channels, and its whole step for one and for six.</summary>
    private IEnumerable<OpBenchmark> Matrices()
    {
        const int Outputs = 32, Inputs = 9 * Outputs;
        Tensor large = New([512, 512]), layer = New([Inputs, Outputs]), square = New([Outputs, Outputs]);
        yield return Op("matmul 512 x 512 x 512", Flops(512, 512, 512), Bytes(large, large, large), () => MatMul.Multiply(large, large));
        yield return Op("matmul 32 x 288 x 32", Flops(Outputs, Inputs, Outputs), Bytes(layer, square), () =>
            MatMul.Multiply(layer, layer, transposeA: true));
        yield return Op("matmul 288 x 32 x 32", Flops(Inputs, Outputs, Outputs), Bytes(layer, square, layer), () =>
            MatMul.Multiply(layer, square));
        Tensor weight = New([3, 3, Outputs, Outputs]), gradient = New(weight.Shape), velocity = New(weight.Shape);
        double flops = NewtonSchulz.Steps * (2 * Flops(Outputs, Inputs, Outputs) + Flops(Outputs, Outputs, Outputs));
        yield return new OpBenchmark("Muon, 32 to 32", flops, 5.0 * Bytes(weight), () =>
            MuonUpdate.Apply(weight, gradient, velocity, learningRate: 1e-3));
        (Tensor, Tensor, Tensor)[] layers =
            [.. Enumerable.Range(0, 6).Select(_ => (New(weight.Shape), New(weight.Shape), New(weight.Shape)))];
        yield return new OpBenchmark("Muon, six of 32 to 32", layers.Length * flops, layers.Length * 5.0 * Bytes(weight), () =>
            MuonUpdate.Apply(layers, learningRate: 1e-3));
    }

    private IEnumerable<OpBenchmark> ElementByElement()
    {
        Tensor x = Activations(Width), y = Activations(Width), image = Activations(Colours), target = Activations(Colours);
        Tensor one = New([]), parameter = New([3, 3, Width, Width]), gradient = New(parameter.Shape);
        Tensor mean = New(parameter.Shape), square = New(parameter.Shape);
        yield return Op("relu", 0, Bytes(x, x), () => Elementwise.Relu(x));
        yield return Op("relu gradient", 0, Bytes(x, y, x), () => Elementwise.PassWherePositive(x, y));
        yield return Op("add", 0, Bytes(x, y, x), () => Elementwise.Add(x, y));
        yield return Op("sum of channels", 0, Bytes(x), () => Reduction.SumChannels(x));
        yield return Op("L1 loss", 0, Bytes(image, target), () => Loss.L1(image, target));
        yield return Op("L1 loss, gradient", 0, Bytes(image, target, image), () => Loss.L1Gradient(image, target, null, one));
        yield return new OpBenchmark("Adam", 0, 7.0 * Bytes(parameter), () =>
            AdamUpdate.Apply(parameter, gradient, mean, square, step: 1, learningRate: 1e-3));
    }

    private IEnumerable<OpBenchmark> Images()
    {
        Tensor image = Activations(Colours), large = New([1, 2 * _size, 2 * _size, Colours]);
        Tensor stack = New([Variants, 2 * _size, 2 * _size, Colours]);
        AffineMap turn = AffineMap.Rotate(0.3).About(_size / 2.0, _size / 2.0);
        yield return Op("affine warp", 0, Bytes(image, image), () => Warp.Affine(image, turn, _size, _size));
        yield return Op("bicubic to twice the size", 0, Bytes(image, large), () => Resize.ImResize(image, 2, 2));
        yield return Op("bicubic to half the size", 0, Bytes(large, image), () => Resize.ImResize(large, 0.5, 0.5));
        yield return Op("rotation by 90 degrees", 0, Bytes(image, image), () => Orientation.Rotate90(image, 1));
        yield return Op("median of 8", 0, Bytes(stack, large), () => Median.OfStack(stack, MedianKind.MeanOfMiddle));
    }

    private static OpBenchmark Op(string name, double flops, double bytes, Func<Tensor> run) => new(name, flops, bytes, () => run().Dispose());

    private Tensor Activations(int channels) => New([1, _size, _size, channels]);

    private Tensor New(Shape shape)
    {
        Tensor tensor = RandomTensors.Uniform(_device, shape, ++_seed);
        _tensors.Add(tensor);
        return tensor;
    }

    private static double Flops(int rows, int depth, int columns) => 2.0 * rows * depth * columns;

    private static double Bytes(params ReadOnlySpan<Tensor> tensors)
    {
        double bytes = 0;
        foreach (Tensor tensor in tensors)
            bytes += (double)tensor.Count * sizeof(float);
        return bytes;
    }
}
