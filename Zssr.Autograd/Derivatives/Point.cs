using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>A function recorded at one point, on a tape of its own.</summary>
internal sealed class Point : IDisposable
{
    private readonly Tape _tape = new();
    private readonly Variable _x;

    public Point(Func<Variable, Variable> f, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        _x = _tape.Watch(x);
        Y = f(_x);
    }

    /// <summary>f(x).</summary>
    public Variable Y { get; }

    /// <summary>Throws where f gives more than one number.</summary>
    public void RequireNumber(string what)
    {
        if (Y.Shape.ElementCount != 1)
        {
            throw new ShapeException(
                $"derivatives: the {what} is that of a function which gives a single number, but this one gives {Y.Shape}. "
                + "Take its sum or mean, or ask for the Jacobian.");
        }
    }

    /// <summary>The gradient of the single number, recorded; null where there is none.</summary>
    public Variable? Gradient() =>
        Y.RequiresGradient ? _tape.Gradients(Y, [_x], createGraph: true)[0] : null;

    /// <summary>Jᵀ u of f; u = 1 if not given.</summary>
    public Tensor Pullback(Tensor? u) => Pullback(u, Y);

    /// <summary>Jᵀ u of a value that was computed from x.</summary>
    public Tensor Pullback(Tensor? u, Variable? value)
    {
        Variable? gradient = value is { RequiresGradient: true }
            ? _tape.Gradients(value, [_x], u is null ? null : _tape.Constant(u), keepGraph: true)[0] : null;
        return gradient?.Value.Share() ?? Zeros(_x.Shape);
    }

    /// <summary>J v of f.</summary>
    public Tensor Pushforward(Tensor v)
    {
        if (v.Shape != _x.Shape)
            throw new ShapeException($"derivatives: the vector has shape {v.Shape} and x {_x.Shape}; they must be equal.");
        if (!Y.RequiresGradient)
            return Zeros(Y.Shape);
        // Where u is does not matter, as Jᵀ u is linear in it.
        using Tensor zeros = Zeros(Y.Shape);
        Variable u = _tape.Watch(zeros);
        Variable? pulled = _tape.Gradients(Y, [_x], u, createGraph: true)[0];
        Variable? pushed = pulled is { RequiresGradient: true } ? _tape.Gradients(pulled, [u], _tape.Constant(v))[0] : null;
        return pushed?.Value.Share() ?? Zeros(Y.Shape);
    }

    /// <summary>The Jacobian of a value by x, a row for each of its numbers.</summary>
    public Tensor Rows(Variable? value)
    {
        Shape shape = value?.Shape ?? _x.Shape;
        int rows = shape.ElementCount, columns = _x.Shape.ElementCount;
        var numbers = new double[rows * columns];
        for (int row = 0; row < rows && value is { RequiresGradient: true }; row++)
        {
            var oneHot = new double[rows];
            oneHot[row] = 1;
            int mark = _tape.Owned.Count;
            using Tensor u = Tensor.From(_x.Value.Device, shape, oneHot, _x.DType);
            using Tensor gradient = Pullback(u, value);
            gradient.ToDoubles().CopyTo(numbers, row * columns);
            _tape.Owned.DisposeSince(mark);
        }

        return Tensor.From(_x.Value.Device, [.. shape, .. _x.Shape], numbers, _x.DType);
    }

    public void Dispose() => _tape.Dispose();

    private Tensor Zeros(Shape shape) => Tensor.Zeros(_x.Value.Device, shape, _x.DType);
}
