namespace Zssr.Tensors;

/// <summary>
/// Functions of each element by itself. The result has the first input's shape and type; every element is computed on its own,
/// so there is no order to the sums. Devices agree but for the last bits of exp, log, tanh and sigmoid and, through OpenCL, of float32
/// division and square roots, whose errors its standard allows to be 2.5 and 3 units in the last place.
/// </summary>
public static class Elementwise
{
    /// <summary>y = −x.</summary>
    public static Tensor Negate(Tensor x) => Map<Negate>("neg", x);

    /// <summary>y = |x|.</summary>
    public static Tensor Abs(Tensor x) => Map<Abs>("abs", x);

    /// <summary>y = −1, 0 or 1 with the sign of x; NaN stays NaN.</summary>
    public static Tensor Sign(Tensor x) => Map<Sign>("sign", x);

    /// <summary>y = eˣ.</summary>
    public static Tensor Exp(Tensor x) => Map<Exp>("exp", x);

    /// <summary>y = ln x; −∞ at 0, NaN below.</summary>
    public static Tensor Log(Tensor x) => Map<Log>("log", x);

    /// <summary>y = √x; NaN below 0.</summary>
    public static Tensor Sqrt(Tensor x) => Map<Sqrt>("sqrt", x);

    /// <summary>y = x².</summary>
    public static Tensor Square(Tensor x) => Map<Square>("square", x);

    /// <summary>y = max(x, 0); NaN stays NaN.</summary>
    public static Tensor Relu(Tensor x) => Map<Relu>("relu", x);

    /// <summary>y = x where x > 0, slope · x elsewhere.</summary>
    public static Tensor LeakyRelu(Tensor x, double slope) => MapScalar<LeakyRelu>("leaky relu", x, slope);

    /// <summary>The derivative of <see cref="LeakyRelu"/>: 1 where x > 0, slope elsewhere.</summary>
    public static Tensor LeakyReluSlope(Tensor x, double slope) => MapScalar<LeakyReluSlope>("leaky relu slope", x, slope);

    /// <summary>y = 1 / (1 + e⁻ˣ).</summary>
    public static Tensor Sigmoid(Tensor x) => Map<Sigmoid>("sigmoid", x);

    /// <summary>y = tanh x.</summary>
    public static Tensor Tanh(Tensor x) => Map<Tanh>("tanh", x);

    /// <summary>y = min(max(x, low), high); NaN stays NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">low is above high, or one of them is NaN.</exception>
    public static Tensor Clamp(Tensor x, double low, double high) => MapScalar<Clamp>("clamp", x, low, CheckedHigh(low, high));

    /// <summary>The derivative of <see cref="Clamp"/>: 1 where low ≤ x ≤ high, 0 elsewhere.</summary>
    public static Tensor ClampSlope(Tensor x, double low, double high) =>
        MapScalar<ClampSlope>("clamp slope", x, low, CheckedHigh(low, high));

    /// <summary>z = x + y; y has x's shape, or [C] for one number a channel (the last axis of x).</summary>
    /// <exception cref="ShapeException">y has another shape.</exception>
    public static Tensor Add(Tensor x, Tensor y) => Zip<Add>("add", x, y);

    /// <summary>z = x − y; shapes as for <see cref="Add(Tensor, Tensor)"/>.</summary>
    public static Tensor Subtract(Tensor x, Tensor y) => Zip<Subtract>("sub", x, y);

    /// <summary>z = x · y, element by element; shapes as for <see cref="Add(Tensor, Tensor)"/>.</summary>
    public static Tensor Multiply(Tensor x, Tensor y) => Zip<Multiply>("mul", x, y);

    /// <summary>z = x / y; shapes as for <see cref="Add(Tensor, Tensor)"/>.</summary>
    public static Tensor Divide(Tensor x, Tensor y) => Zip<Divide>("div", x, y);

    /// <summary>z = the smaller of x and y, NaN where either is NaN; shapes as for <see cref="Add(Tensor, Tensor)"/>.</summary>
    public static Tensor Minimum(Tensor x, Tensor y) => Zip<Minimum>("min", x, y);

    /// <summary>z = the larger of x and y, NaN where either is NaN; shapes as for <see cref="Add(Tensor, Tensor)"/>.</summary>
    public static Tensor Maximum(Tensor x, Tensor y) => Zip<Maximum>("max", x, y);

    /// <summary>The derivative of max(x, y) with respect to x: 1 where x > y, ½ where they are equal, 0 elsewhere.</summary>
    public static Tensor MaximumShare(Tensor x, Tensor y) => Zip<MaximumShare>("max share", x, y);

    /// <summary>z = x where the gate is above 0 (or NaN), 0 elsewhere: ReLU's gradient for the output's gradient x.</summary>
    public static Tensor PassWherePositive(Tensor x, Tensor gate) => Zip<PassWherePositive>("pass where positive", x, gate);

    /// <summary>y = x + a.</summary>
    public static Tensor Add(Tensor x, double a) => MapScalar<AddScalar>("add", x, a);

    /// <summary>y = x · a.</summary>
    public static Tensor Multiply(Tensor x, double a) => MapScalar<MultiplyScalar>("mul", x, a);

    /// <summary>y = x / a.</summary>
    public static Tensor Divide(Tensor x, double a) => MapScalar<DivideByScalar>("div", x, a);

    /// <summary>y = a / x.</summary>
    public static Tensor Divide(double a, Tensor x) => MapScalar<DivideScalarBy>("div", x, a);

    /// <summary>y = a − x.</summary>
    public static Tensor Subtract(double a, Tensor x) => MapScalar<SubtractFromScalar>("sub", x, a);

    /// <summary>target ← target + x, in place.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static void Accumulate(Tensor target, Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("accumulate", target, x);
        Check.SameShape(call, target, x);
        call.Changes(target);
        if (target.DType == DType.Float32)
            ElementwiseLaunch.Zip<float, Add>(call, target, x, target);
        else
            ElementwiseLaunch.Zip<double, Add>(call, target, x, target);
    }

    /// <summary>A tensor of the shape that repeats x: every last part of it, of x's size, is x (a scalar, or [C] for channels).</summary>
    /// <exception cref="ShapeException">The shape does not end in x's shape.</exception>
    public static Tensor Broadcast(Tensor x, Shape shape)
    {
        using DeviceCall call = DeviceCall.Begin("broadcast", x);
        if (x.Shape.Rank > shape.Rank || !x.Shape.Sizes.SequenceEqual(shape.Sizes[^x.Shape.Rank..]))
            throw new ShapeException($"broadcast: {shape} does not end in {x.Shape}. Only leading axes are repeated.");
        Tensor y = call.New(shape, x.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == DType.Float32)
            call.Kernels.Launch(ElementwiseKernels.Tile, call.Elements(y), x.View<float>(), y.View<float>());
        else
            call.Kernels.Launch(ElementwiseKernels.Tile, call.Elements(y), x.View<double>(), y.View<double>());
        return call.Result(y);
    }

    private static Tensor Map<TOp>(string operation, Tensor x)
        where TOp : struct, IUnaryOp
    {
        using DeviceCall call = DeviceCall.Begin(operation, x);
        Tensor y = call.New(x.Shape, x.DType);
        if (x.DType == DType.Float32)
            ElementwiseLaunch.Map<float, TOp>(call, x, y);
        else
            ElementwiseLaunch.Map<double, TOp>(call, x, y);
        return call.Result(y);
    }

    private static Tensor MapScalar<TOp>(string operation, Tensor x, double a, double b = 0)
        where TOp : struct, IScalarOp
    {
        using DeviceCall call = DeviceCall.Begin(operation, x);
        Tensor y = call.New(x.Shape, x.DType);
        if (x.DType == DType.Float32)
            ElementwiseLaunch.MapScalar<float, TOp>(call, x, y, (float)a, (float)b);
        else
            ElementwiseLaunch.MapScalar<double, TOp>(call, x, y, a, b);
        return call.Result(y);
    }

    private static Tensor Zip<TOp>(string operation, Tensor x, Tensor y)
        where TOp : struct, IBinaryOp
    {
        using DeviceCall call = DeviceCall.Begin(operation, x, y);
        bool perChannel = Check.SameShapeOrPerChannel(call, x, y);
        Tensor z = call.New(x.Shape, x.DType);
        switch (x.DType, perChannel)
        {
            case (DType.Float32, false): ElementwiseLaunch.Zip<float, TOp>(call, x, y, z); break;
            case (DType.Float32, true): ElementwiseLaunch.ZipChannels<float, TOp>(call, x, y, z); break;
            case (_, false): ElementwiseLaunch.Zip<double, TOp>(call, x, y, z); break;
            default: ElementwiseLaunch.ZipChannels<double, TOp>(call, x, y, z); break;
        }

        return call.Result(z);
    }

    private static double CheckedHigh(double low, double high) => low <= high
        ? high
        : throw new ArgumentOutOfRangeException(nameof(high), $"clamp: the range [{low}, {high}] is empty. low must not be above high.");
}
