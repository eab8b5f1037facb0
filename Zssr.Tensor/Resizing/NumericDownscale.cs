using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// Shrinks images with a blur kernel given as numbers: correlation with the kernel, mirrored at the border, sampled every few pixels.
/// y[n, i, j, c] = Σ_u Σ_v k[u, v] · x[n, rows[i, u], columns[j, v], c].
/// </summary>
/// <remarks>
/// Shift the kernel first (<see cref="NumericKernel.Shifted(double)"/>), unless it is centred already: otherwise the small image lies a
/// fraction of a pixel beside the large one, the best-known mistake with such kernels.
/// </remarks>
public sealed class NumericDownscale : IResize
{
    private readonly NumericKernel _kernel;
    private readonly NumericDownscalePlan _rows;
    private readonly NumericDownscalePlan _columns;

    /// <summary>Plans the shrinking of images of one size.</summary>
    /// <param name="kernel">The kernel, shifted.</param>
    /// <param name="height">Rows of the images.</param>
    /// <param name="width">Columns of the images.</param>
    /// <param name="verticalFactor">By how much rows become fewer: 2 halves them; 1 or more.</param>
    /// <param name="horizontalFactor">By how much columns become fewer.</param>
    /// <param name="outputHeight">Rows of the result, ⌈height / factor⌉ unless given; see <see cref="NumericDownscalePlan"/>.</param>
    /// <param name="outputWidth">Columns of the result; likewise.</param>
    public NumericDownscale(
        NumericKernel kernel, int height, int width, double verticalFactor, double horizontalFactor,
        int? outputHeight = null, int? outputWidth = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        _kernel = kernel;
        _rows = new NumericDownscalePlan(height, verticalFactor, kernel.Height, outputHeight);
        _columns = new NumericDownscalePlan(width, horizontalFactor, kernel.Width, outputWidth);
    }

    private NumericDownscale(NumericKernel kernel, NumericDownscalePlan rows, NumericDownscalePlan columns) =>
        (_kernel, _rows, _columns) = (kernel, rows, columns);

    /// <summary>Rows of the result.</summary>
    public int OutputHeight => _rows.OutputLength;

    /// <summary>Columns of the result.</summary>
    public int OutputWidth => _columns.OutputLength;

    /// <inheritdoc/>
    public PixelArea Output => PixelArea.Whole(OutputHeight, OutputWidth);

    /// <inheritdoc/>
    public PixelArea Support(PixelArea output) => new(_rows.Support(output.Rows), _columns.Support(output.Columns));

    /// <inheritdoc/>
    public Tensor ApplyPart(Tensor x, PixelArea input, PixelArea output)
    {
        PixelArea support = Support(output);
        using Tensor source = Window.Crop(x, support.From(input));
        NumericDownscalePlan rows = _rows.Part(support.Rows, output.Rows), columns = _columns.Part(support.Columns, output.Columns);
        return new NumericDownscale(_kernel, rows, columns).Apply(source);
    }

    /// <summary>Shrinks images [N, H, W, C].</summary>
    /// <exception cref="ShapeException">The images have another size than this was made for.</exception>
    public Tensor Apply(Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("numeric downscale", x);
        RequireSize(call, x, _rows.InputLength, _columns.InputLength);
        Tensor y = call.New([x.Shape[0], OutputHeight, OutputWidth, x.Shape[3]], x.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            call.Guard(() => ForwardOnHost(host, x, y));
        else if (x.DType == DType.Float32)
            Forward<float>(call, x, y);
        else
            Forward<double>(call, x, y);
        return call.Result(y);
    }

    /// <summary>The adjoint: from a gradient of the result to the gradient of the images.</summary>
    /// <exception cref="ShapeException">dy has another size than the result.</exception>
    public Tensor Adjoint(Tensor dy)
    {
        using DeviceCall call = DeviceCall.Begin("numeric downscale's gradient", dy);
        RequireSize(call, dy, OutputHeight, OutputWidth);
        Tensor dx = call.New([dy.Shape[0], _rows.InputLength, _columns.InputLength, dy.Shape[3]], dy.DType);
        if (dx.Count == 0)
            return call.Result(dx);
        if (dy.DType == DType.Float32)
            Backward<float>(call, dy, dx);
        else
            Backward<double>(call, dy, dx);
        return call.Result(dx);
    }

    private static void RequireSize(DeviceCall call, Tensor x, int height, int width)
    {
        if (x.Shape.Rank != 4 || x.Shape[1] != height || x.Shape[2] != width)
            throw new ShapeException($"{call}: {x.Shape} was given; images [N, {height}, {width}, C] are needed.");
    }

    private unsafe void ForwardOnHost(Host host, Tensor x, Tensor y)
    {
        float[] weights = Array.ConvertAll(Weights(), weight => (float)weight);
        fixed (float* kernelStart = weights)
        fixed (int* rows = _rows.SourceIndices, columns = _columns.SourceIndices)
            host.Run(new NumericDownscaleWork(x.Pointer, y.Pointer, x.Shape[0], kernelStart, rows, columns, Geometry(x), host));
    }

    private void Forward<T>(DeviceCall call, Tensor x, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor weights = call.NewNumbers(Weights(), x.DType);
        Tensor rows = call.NewTable(_rows.SourceIndices), columns = call.NewTable(_columns.SourceIndices);
        call.Kernels.Launch(
            NumericDownscaleKernels.Forward, call.Elements(y), x.View<T>(), y.View<T>(), weights.View<T>(),
            rows.View<int>(), columns.View<int>(), Geometry(x));
    }

    private void Backward<T>(DeviceCall call, Tensor dy, Tensor dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor weights = call.NewNumbers(Weights(), dy.DType);
        Tensor rows = call.NewTable(_rows.AdjointOutputs), rowTaps = call.NewTable(_rows.AdjointTaps);
        Tensor columns = call.NewTable(_columns.AdjointOutputs), columnTaps = call.NewTable(_columns.AdjointTaps);
        call.Kernels.Launch(
            NumericDownscaleKernels.Adjoint, call.Elements(dx), dy.View<T>(), dx.View<T>(), weights.View<T>(),
            rows.View<int>(), rowTaps.View<int>(), columns.View<int>(), columnTaps.View<int>(), Geometry(dy));
    }

    private NumericDownscaleGeometry Geometry(Tensor x) =>
        new(_rows.InputLength, _columns.InputLength, OutputHeight, OutputWidth, x.Shape[3], _kernel.Height, _kernel.Width);

    private double[] Weights() => [.. _kernel.ToArray().Cast<double>()];
}
