namespace Zssr.Tensors;

/// <summary>The shape rules of the convolution and its gradients. Each check gives the sizes that the kernels work with.</summary>
internal static class Conv2dCheck
{
    /// <summary>The sizes of y = conv2d(x, weight, bias).</summary>
    public static Conv2dGeometry Forward(Shape x, Shape weight, Shape? bias, int stride, int padding)
    {
        const string Operation = "conv2d";
        Images(Operation, "x", x);
        Weights(Operation, weight);
        if (weight[2] != x[3])
        {
            string alpha = x[3] == 4 && weight[2] == 3 ? " Did the image keep its alpha channel?" : "";
            throw new ShapeException(
                $"{Operation}: weight expects {weight[2]} input channels but x has {x[3]} (x: {x}, weight: {weight}).{alpha}");
        }

        if (bias is { } b && (b.Rank != 1 || b[0] != weight[3]))
        {
            throw new ShapeException(
                $"{Operation}: bias {b} must be [{weight[3]}], one number for each output channel of weight {weight}.");
        }

        return Sizes(Operation, x, weight, stride, padding);
    }

    /// <summary>The sizes of the convolution whose input gradient is asked for.</summary>
    public static Conv2dGeometry InputGradient(Shape dy, Shape weight, int inputHeight, int inputWidth, int stride, int padding)
    {
        const string Operation = "conv2d input gradient";
        Images(Operation, "dy", dy);
        Weights(Operation, weight);
        if (inputHeight < 1 || inputWidth < 1)
            throw new ShapeException($"{Operation}: the input's size {inputHeight}×{inputWidth} must be at least 1×1.");
        Conv2dGeometry g = Sizes(Operation, [dy[0], inputHeight, inputWidth, weight[2]], weight, stride, padding);
        OutputGradient(Operation, dy, g);
        return g;
    }

    /// <summary>The sizes of the convolution whose weight gradient is asked for.</summary>
    public static Conv2dGeometry WeightGradient(Shape x, Shape dy, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        const string Operation = "conv2d weight gradient";
        Images(Operation, "x", x);
        Images(Operation, "dy", dy);
        if (kernelHeight < 1 || kernelWidth < 1)
            throw new ShapeException($"{Operation}: the kernel's size {kernelHeight}×{kernelWidth} must be at least 1×1.");
        Conv2dGeometry g = Sizes(Operation, x, [kernelHeight, kernelWidth, x[3], dy[3]], stride, padding);
        OutputGradient(Operation, dy, g);
        return g;
    }

    private static void Images(string operation, string name, Shape shape)
    {
        if (shape.Rank != 4 || shape[1] < 1 || shape[2] < 1 || shape[3] < 1)
        {
            throw new ShapeException(
                $"{operation}: {name} {shape} must be [batch, height, width, channels] (NHWC) with at least one pixel and one channel.");
        }
    }

    private static void Weights(string operation, Shape weight)
    {
        if (weight.Rank != 4 || weight.ElementCount == 0)
        {
            throw new ShapeException(
                $"{operation}: weight {weight} must be [kernel height, kernel width, in, out] (HWIO), none of them 0.");
        }
    }

    private static Conv2dGeometry Sizes(string operation, Shape x, Shape weight, int stride, int padding)
    {
        if (stride < 1)
            throw new ShapeException($"{operation}: stride {stride} must be 1 or more.");
        if (padding < 0)
            throw new ShapeException($"{operation}: padding {padding} must be 0 or more. To use less of the image, crop it first.");
        if (weight[0] > x[1] + 2L * padding || weight[1] > x[2] + 2L * padding)
        {
            throw new ShapeException(
                $"{operation}: the kernel {weight[0]}×{weight[1]} is larger than the padded input " +
                $"{x[1] + 2L * padding}×{x[2] + 2L * padding} (x: {x}, weight: {weight}, padding {padding}). " +
                $"Use more padding or a larger image.");
        }

        long paddedHeight = x[1] + 2L * padding, paddedWidth = x[2] + 2L * padding;
        // Divided, not multiplied: the product of two such sizes may be more than a long holds.
        if (paddedHeight > Shape.MostElements / paddedWidth)
        {
            throw new ShapeException(
                $"{operation}: with padding {padding} the input {x} becomes {paddedHeight}×{paddedWidth}, " +
                $"more than {Shape.MostElements} pixels. Use less padding.");
        }

        // A kernel that is moved further than there is room stands in one place only, however far; kernels need not know such strides.
        long room = Math.Max(paddedHeight - weight[0], paddedWidth - weight[1]);
        return new Conv2dGeometry(x[0], x[1], x[2], x[3], weight[0], weight[1], weight[3], (int)Math.Min(stride, room + 1), padding);
    }

    private static void OutputGradient(string operation, Shape dy, Conv2dGeometry g)
    {
        if (dy != g.Output)
        {
            throw new ShapeException(
                $"{operation}: dy {dy} must have the output's shape {g.Output} (x: {g.Input}, weight: {g.Weight}, " +
                $"stride {g.Stride}, padding {g.Padding}).");
        }
    }
}
