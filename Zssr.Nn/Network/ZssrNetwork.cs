using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// ZSSR's network: convolutions of one width, all of stride 1. It gets the image already interpolated to its new size and adds the missing
/// detail; in the sub-pixel form it gets the small image, and enlarges it itself. The forms are described at <see cref="NetworkForm"/>.
/// </summary>
/// <remarks>Parameters are named <c>layers.0.weight</c>, <c>layers.0.bias</c>, … from the input on.</remarks>
public sealed class ZssrNetwork : Module
{
    private readonly Sequential _layers;
    private ResizeAxis? _rows, _columns;

    /// <summary>A network with random first weights.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="settings">Form, width and depth.</param>
    /// <param name="channels">Channels of the image: 1 for gray, 3 for colour.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="dtype">float64 serves comparisons with other programs.</param>
    /// <param name="attempt">Which of the seed's networks: 0 is the first, others are for trainings that start again.</param>
    /// <param name="enlargement">
    /// Of the sub-pixel form: by how much the network enlarges; null stands for 1, with which it is the paper's form.
    /// </param>
    /// <param name="placement">Of the sub-pixel form: where the small image's pixels lie; null for the middle of their blocks.</param>
    /// <exception cref="SettingsException">A number of the settings is outside its range.</exception>
    /// <exception cref="ArgumentException">An enlargement is given to another form.</exception>
    public ZssrNetwork(
        Device device, NetworkSettings settings, int channels, ulong seed, DType dtype = DType.Float32, int attempt = 0,
        WholeScale? enlargement = null, KernelPlacement? placement = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        settings.Validate();
        (Settings, Channels, Enlargement) = (settings, channels, enlargement ?? WholeScale.One);
        Placement = placement ?? KernelPlacement.Centred;
        if (Enlargement != WholeScale.One && settings.Form != NetworkForm.SubPixel)
        {
            throw new ArgumentException(
                $"network: it is to enlarge by {Enlargement}, but the form {settings.Form} keeps the size; take {NetworkForm.SubPixel}.",
                nameof(enlargement));
        }

        bool addsInBlocks = settings.Form == NetworkForm.BlockResiduals;
        IInitializer initializer = addsInBlocks ? new FanInUniform() : new FanInNormal(settings.WeightGain);

        var blocks = new List<Module>();
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            bool isLast = layer == settings.Depth - 1;
            int inputs = layer == 0 ? channels : settings.Width;
            int outputs = isLast ? channels * Enlargement.Area : settings.Width;
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

    /// <inheritdoc/>
    public override WholeScale Enlargement { get; }

    /// <inheritdoc/>
    public override KernelPlacement Placement { get; }

    /// <summary>How far a pixel's influence reaches, in pixels of x: each layer adds half of its kernel.</summary>
    public int Reach => Settings.Depth * (Settings.KernelSize / 2);

    /// <summary>The blocks, from the input on.</summary>
    public IReadOnlyList<Conv2dBlockLayer> Blocks => [.. _layers.Modules.Cast<Conv2dBlockLayer>()];

    /// <summary>
    /// Images [N, H, W, channels], interpolated to their new size → the same with detail, [N, H, W, channels]. In the sub-pixel form small
    /// images → large ones, [N, vertical · H, horizontal · W, channels].
    /// </summary>
    public override Variable Forward(Variable x)
    {
        Variable y = _layers.Forward(x);
        if (Settings.Form == NetworkForm.BlockResiduals)
            return y;
        if (Enlargement == WholeScale.One)
            return Replace(y, y + x);
        Variable detail = Replace(y, DepthToSpaceFunction.Apply(y, Enlargement.Vertical, Enlargement.Horizontal));
        Variable interpolated = Interpolated(x);
        Variable sum = Replace(detail, detail + interpolated);
        return Replace(interpolated, sum);
    }

    /// <summary>x enlarged by <c>imresize</c>. The tables are kept: training crops have one size.</summary>
    private Variable Interpolated(Variable x)
    {
        (double down, double right) = Placement.Displacement(Enlargement.ToScale());
        if (_rows?.InputLength != x.Shape[1])
            _rows = ResizeAxis.Enlarge(x.Shape[1], Enlargement.Vertical, down);
        if (_columns?.InputLength != x.Shape[2])
            _columns = ResizeAxis.Enlarge(x.Shape[2], Enlargement.Horizontal, right);
        Variable tall = ResizeFunction.Apply(x, axis: 1, _rows);
        return Replace(tall, ResizeFunction.Apply(tall, axis: 2, _columns));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A result depends on the pixels under its kernel. Winograd's algorithm also needs the rest of the 4×4 tile for equal bits; the
    /// margin covers both. That is more than interpolation reads, unless the pixels are placed far from the middle of their blocks.
    /// </remarks>
    public override int? Margin => Settings.Depth * Math.Max(TiledInference.Alignment, Settings.KernelSize / 2) + Placement.Reach(Enlargement.ToScale());

    /// <summary>
    /// The network's function without anything recorded. Large images are computed in tiles, which bounds the memory: 64 MB for the
    /// activations of a layer, of which two are there at a time, whatever the image's size.
    /// </summary>
    public override Tensor Infer(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        long mostBytes = TiledInference.BytesOn(x.Device, TiledInference.MostBytes);
        int widest = Math.Max(Settings.Width, Channels * Enlargement.Area);
        return new TiledInference(widest * x.DType.Size(), Margin!.Value, mostBytes, Enlargement).Run(x, base.Infer);
    }
}
