using System.Runtime.CompilerServices;
using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A convolution layer: y = conv2d(x, weight) + bias. See <see cref="Conv2dFunction"/>.</summary>
public sealed class Conv2dLayer : Module
{
    private Tensor _weight;
    private Tensor? _bias;

    /// <summary>A layer with random first values.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelSize">Rows and columns of the kernel.</param>
    /// <param name="initializer">Gives weight and bias their first values.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">The weight takes this one of the seed's sequences, the bias the next.</param>
    /// <param name="stride">Pixels from one output to the next.</param>
    /// <param name="padding">Zeros around the image; null keeps the image's size (for odd kernels and stride 1).</param>
    /// <param name="hasBias">Whether a number is added to each output channel.</param>
    /// <param name="dtype">The type of the parameters and of the values that it takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the padding below 0.</exception>
    public Conv2dLayer(
        Device device, int inputs, int outputs, int kernelSize, IInitializer initializer, ulong seed, ulong stream,
        int stride = 1, int? padding = null, bool hasBias = true, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kernelSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        (InputChannels, OutputChannels, Stride, Padding) = (inputs, outputs, stride, padding ?? kernelSize / 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Padding, nameof(padding));
        int fanIn = kernelSize * kernelSize * inputs;
        Shape shape = [kernelSize, kernelSize, inputs, outputs];
        _weight = Register("weight", initializer.Create(device, shape, fanIn, seed, stream, dtype));
        if (hasBias)
            _bias = Register("bias", initializer.Create(device, [outputs], fanIn, seed, stream + 1, dtype));
    }

    /// <summary>Channels of x.</summary>
    public int InputChannels { get; }

    /// <summary>Channels of y.</summary>
    public int OutputChannels { get; }

    /// <summary>Pixels of x from one pixel of y to the next.</summary>
    public int Stride { get; }

    /// <summary>Zeros around x on every side.</summary>
    public int Padding { get; }

    /// <summary>[N, H, W, input channels] → [N, H', W', output channels].</summary>
    /// <exception cref="ShapeException">x has other channels, or is smaller than the kernel.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that a tape finds this line: no inlining, and no jump in place of the last call
    public override Variable Forward(Variable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Conv2dFunction.Apply(x, Weight(x.Tape), Bias(x.Tape), Stride, Padding);
    }

    /// <inheritdoc/>
    protected override void Converted(string name, Tensor value)
    {
        if (name == "weight")
            _weight = value;
        else
            _bias = value;
    }

    /// <summary>The weight as a variable of a tape, [kernel size, kernel size, input channels, output channels].</summary>
    internal Variable Weight(Tape tape) => tape.Watch(_weight);

    /// <summary>The bias as a variable of a tape, [output channels]; null where there is none.</summary>
    internal Variable? Bias(Tape tape) => _bias is null ? null : tape.Watch(_bias);
}
