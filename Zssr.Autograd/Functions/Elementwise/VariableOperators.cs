namespace Zssr.Autograd;

/// <summary>Arithmetic of variables and numbers: <c>2 * x + y</c> applies the functions of this folder.</summary>
/// <remarks>They extend <see cref="Variable"/> from outside: variables and the tape know no function.</remarks>
public static class VariableOperators
{
    extension(Variable)
    {
        /// <summary>x + y.</summary>
        public static Variable operator +(Variable x, Variable y) => AddFunction.Apply(x, y);

        /// <summary>x − y.</summary>
        public static Variable operator -(Variable x, Variable y) => SubtractFunction.Apply(x, y);

        /// <summary>x · y, element by element.</summary>
        public static Variable operator *(Variable x, Variable y) => MultiplyFunction.Apply(x, y);

        /// <summary>x / y, element by element.</summary>
        public static Variable operator /(Variable x, Variable y) => DivideFunction.Apply(x, y);

        /// <summary>x + a.</summary>
        public static Variable operator +(Variable x, double a) => AddScalarFunction.Apply(x, a);

        /// <summary>a + x.</summary>
        public static Variable operator +(double a, Variable x) => AddScalarFunction.Apply(x, a);

        /// <summary>x − a.</summary>
        public static Variable operator -(Variable x, double a) => AddScalarFunction.Apply(x, -a);

        /// <summary>a − x.</summary>
        public static Variable operator -(double a, Variable x) => AddScalarFunction.Apply(NegateFunction.Apply(x), a);

        /// <summary>x · a.</summary>
        public static Variable operator *(Variable x, double a) => MultiplyScalarFunction.Apply(x, a);

        /// <summary>a · x.</summary>
        public static Variable operator *(double a, Variable x) => MultiplyScalarFunction.Apply(x, a);

        /// <summary>x / a.</summary>
        public static Variable operator /(Variable x, double a) => DivideByScalarFunction.Apply(x, a);

        /// <summary>a / x.</summary>
        public static Variable operator /(double a, Variable x) => DivideScalarByFunction.Apply(x, a);

        /// <summary>−x.</summary>
        public static Variable operator -(Variable x) => NegateFunction.Apply(x);
    }
}
