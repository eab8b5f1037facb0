using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the functions of single elements.</summary>
internal static class ElementwiseCases
{
    // Odd, prime and size-1 shapes, and one that spans several work-groups and vectors with a tail.
    private static readonly Shape[] Shapes = [[1], [7], [2, 3, 5, 3]];

    public static IEnumerable<OpCase> All() => Unary().Concat(Scalar()).Concat(Binary()).Concat(Extremes()).Concat(Casts());

    private static IEnumerable<OpCase> Unary()
    {
        (string, Func<Variable, Variable>, Func<double, double>, bool Positive)[] functions =
        [
            ("neg", NegateFunction.Apply, x => -x, false),
            ("abs", AbsFunction.Apply, Math.Abs, false),
            ("sign", SignFunction.Apply, x => Math.Sign(x), false),
            ("exp", ExpFunction.Apply, Math.Exp, false),
            ("log", LogFunction.Apply, Math.Log, true),
            ("sqrt", SqrtFunction.Apply, Math.Sqrt, true),
            ("square", SquareFunction.Apply, x => x * x, false),
            ("relu", ReluFunction.Apply, x => Math.Max(x, 0), false),
            ("leaky relu", x => LeakyReluFunction.Apply(x, 0.2), x => x > 0 ? x : 0.2 * x, false),
            ("sigmoid", SigmoidFunction.Apply, x => 1 / (1 + Math.Exp(-x)), false),
            ("tanh", TanhFunction.Apply, Math.Tanh, false),
            ("clamp", x => ClampFunction.Apply(x, -0.3, 0.503), x => Math.Clamp(x, -0.3, 0.503), false),
        ];
        foreach ((string name, Func<Variable, Variable> function, Func<double, double> reference, bool positive) in functions)
        {
            foreach (Shape shape in Shapes)
            {
                HostArray x = positive ? CaseInputs.Positive(shape, 1) : CaseInputs.Arbitrary(shape, 1);
                OpCase opCase = OpCase.Of(name, $"{shape}", x, function, h => h.Map(reference));
                yield return name is "relu" or "exp" && shape.Rank == 4 ? opCase.Quick() : opCase;
            }

            HostArray many = positive ? CaseInputs.Positive([100_003], 2) : CaseInputs.Arbitrary([100_003], 2);
            yield return OpCase.Of(name, "100003 elements", many, function, h => h.Map(reference)).WithoutGradientCheck();
        }
    }

    private static IEnumerable<OpCase> Scalar()
    {
        (string, Func<Variable, Variable>, Func<double, double>)[] functions =
        [
            ("x + a", x => x + 0.7, x => x + 0.7),
            ("x - a", x => x - 0.7, x => x - 0.7),
            ("a - x", x => 0.7 - x, x => 0.7 - x),
            ("x · a", x => x * -1.3, x => x * -1.3),
            ("x / a", x => x / 0.3, x => x / 0.3),
            ("a / x", x => DivideScalarByFunction.Apply(x, 0.7), x => 0.7 / x),
        ];
        foreach ((string name, Func<Variable, Variable> function, Func<double, double> reference) in functions)
            yield return OpCase.Of(name, "", CaseInputs.Positive([3, 5], 3), function, h => h.Map(reference));
    }

    private static IEnumerable<OpCase> Binary()
    {
        (string, Func<Variable, Variable, Variable>, Func<double, double, double>)[] functions =
        [
            ("add", AddFunction.Apply, (x, y) => x + y),
            ("sub", SubtractFunction.Apply, (x, y) => x - y),
            ("mul", MultiplyFunction.Apply, (x, y) => x * y),
            ("div", DivideFunction.Apply, (x, y) => x / y),
            ("min", MinimumFunction.Apply, Math.Min),
            ("max", MaximumFunction.Apply, Math.Max),
        ];
        foreach ((string name, Func<Variable, Variable, Variable> function, Func<double, double, double> f) in functions)
        {
            HostArray Reference(HostArray x, HostArray y) => Zip(x, y, f);

            foreach (Shape shape in Shapes)
            {
                HostArray x = CaseInputs.Arbitrary(shape, 4), y = CaseInputs.Positive(shape, 5);
                OpCase opCase = OpCase.Of(name, $"{shape}", x, y, function, Reference);
                yield return name == "add" && shape.Rank == 4 ? opCase.Quick() : opCase;
            }

            HostArray image = CaseInputs.Arbitrary([2, 3, 2, 5], 6), channels = CaseInputs.Positive([5], 7);
            yield return OpCase.Of(name, "per channel", image, channels, function, Reference);
            yield return OpCase.Of(
                name, "with itself", CaseInputs.Positive([2, 3], 8),
                v => function(v, v * 1.5), h => Reference(h, h.Map(x => x * 1.5)));
            HostArray many = CaseInputs.Arbitrary([100_003], 9), others = CaseInputs.Positive([100_003], 10);
            yield return OpCase.Of(name, "100003 elements", many, others, function, Reference).WithoutGradientCheck();
        }
    }

    private static IEnumerable<OpCase> Extremes()
    {
        HostArray x = CaseInputs.Extremes(), y = new([10], [.. x.Data.Reverse()]);
        (string, Func<Variable, Variable>, Func<double, double>)[] unary =
        [
            ("abs", AbsFunction.Apply, Math.Abs),
            ("sign", SignFunction.Apply, v => double.IsNaN(v) ? v : Math.Sign(v)),
            ("relu", ReluFunction.Apply, v => v < 0 ? 0 : v),
            ("leaky relu", v => LeakyReluFunction.Apply(v, 0.25), v => v > 0 ? v : 0.25 * v),
            ("clamp", v => ClampFunction.Apply(v, -2, 2), v => double.IsNaN(v) ? v : Math.Clamp(v, -2, 2)),
            ("sqrt", SqrtFunction.Apply, Math.Sqrt),
            ("tanh", TanhFunction.Apply, Math.Tanh),
            ("sigmoid", SigmoidFunction.Apply, v => 1 / (1 + Math.Exp(-v))),
        ];
        foreach ((string name, Func<Variable, Variable> function, Func<double, double> reference) in unary)
            yield return OpCase.Of(name, "extremes", x, function, h => h.Map(reference)).WithoutGradientCheck();
        yield return OpCase.Of("max", "extremes", x, y, MaximumFunction.Apply, (a, b) => Zip(a, b, Math.Max)).WithoutGradientCheck();
        yield return OpCase.Of("min", "extremes", x, y, MinimumFunction.Apply, (a, b) => Zip(a, b, Math.Min)).WithoutGradientCheck();
    }

    private static IEnumerable<OpCase> Casts()
    {
        HostArray x = CaseInputs.Arbitrary([2, 7], 11).RoundedToSingle();
        yield return new OpCase("to float32", "", [x], t => t[0].To(DType.Float32), h => h[0]);
    }

    /// <summary>z = f(x, y), y repeated over leading axes where it is shorter.</summary>
    internal static HostArray Zip(HostArray x, HostArray y, Func<double, double, double> function) =>
        new(x.Shape, [.. x.Data.Select((v, i) => function(v, y.Data[i % y.Data.Length]))]);
}
