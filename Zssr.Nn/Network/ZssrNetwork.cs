using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// ZSSR's network: convolutions of one width, all of stride 1, so that the image keeps its size. It gets the image already interpolated
/// to its new size and adds the missing detail. The two forms are described at <see cref="NetworkForm"/>.
/// </summary>
/// <remarks>Parameters are named <c>layers.0.weight</c>, <c>layers.0.bias</c>, … from the input on.</remarks>
public sealed class ZssrNetwork : Module
{
    private readonly Sequential _layers;
    private readonly bool _isResidual;

    /// <summary>A network with random first weights.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="settings">Form, width and depth.</param>
    /// <param name="channels">Channels of the image: 1 for gray, 3 for colour.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="dtype">float64 serves comparisons with other programs.</param>
    /// <param name="attempt">Which of the seed's networks: 0 is the first, others are for trainings that begin anew.</param>
    /// <exception cref="SettingsException">A number of the settings is outside its range.</exception>
    public ZssrNetwork(Device device, NetworkSettings settings, int channels, ulong seed, DType dtype = DType.Float32, int attempt = 0)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        settings.Validate();
        (Settings, Channels) = (settings, channels);
        bool addsInBlocks = settings.Form == NetworkForm.BlockResiduals;
        _isResidual = settings.Form == NetworkForm.GlobalResidual;
        IInitializer initializer = addsInBlocks ? new FanInUniform() : new FanInNormal(settings.WeightGain);

        var blocks = new List<Module>();
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            bool isLast = layer == settings.Depth - 1;
            int inputs = layer == 0 ? channels : settings.Width;
            int outputs = isLast ? channels : settings.Width;
            var convolution = new Conv2dLayer(
                device, inputs, outputs, settings.KernelSize, initializer, seed, RandomStreams.Weights(layer, attempt),
                hasBias: addsInBlocks, dtype: dtype);
            blocks.Add(new Conv2dBlockLayer(convolution, hasRelu: !isLast, isResidual: addsInBlocks && inputs == outputs));
        }

        _layers = Register("layers", new Sequential(blocks));
    }

    /// <summary>Form, width and depth.</summary>
    public NetworkSettings Settings { get; }

    /// <summary>Channels of the image.</summary>
    public int Channels { get; }

    /// <summary>How far a pixel's influence reaches, in pixels: each layer adds half of its kernel.</summary>
    public int Reach => Settings.Depth * (Settings.KernelSize / 2);

    /// <summary>The blocks, from the input on.</summary>
    public IReadOnlyList<Conv2dBlockLayer> Blocks => [.. _layers.Modules.Cast<Conv2dBlockLayer>()];

    /// <summary>Images [N, H, W, channels], interpolated to their new size → the same with detail, [N, H, W, channels].</summary>
    public override Variable Forward(Variable x)
    {
        Variable y = _layers.Forward(x);
        return _isResidual ? Replace(y, y + x) : y;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A layer's result depends on as many pixels as its kernel reaches, or, bit for bit, on those of its neighbouring 4×4 tiles.
    /// </remarks>
    public override int? Margin => Settings.Depth * Math.Max(TiledInference.Alignment, Settings.KernelSize / 2);

    /// <summary>
    /// The network's function without anything recorded. Large images are computed in tiles, which bounds the memory: 64 MB for the
    /// activations of a layer, of which two are there at a time, whatever the image's size.
    /// </summary>
    public override Tensor Infer(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        long mostBytes = TiledInference.BytesOn(x.Device, TiledInference.MostBytes);
        return new TiledInference(Settings.Width * x.DType.Size(), Margin!.Value, mostBytes).Run(x, base.Infer);
    }
}
