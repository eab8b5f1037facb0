using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Lessons.Solutions;

public sealed class Lesson03 : ILesson03
{
    public static Variable Softsign(Variable x) => SoftsignFunction.Apply(x);

    /// <summary>y = x / (1 + |x|). Backward: dx = dy / (1 + |x|)².</summary>
    private sealed class SoftsignFunction : UnaryFunction
    {
        public static Variable Apply(Variable x) => Run(new SoftsignFunction(), x);

        protected override Tensor Forward(Tensor x)
        {
            using Tensor magnitude = Elementwise.Abs(x);
            using Tensor divisor = Elementwise.Add(magnitude, 1);
            return Elementwise.Divide(x, divisor);
        }

        protected override Variable Backward(Variable x, Variable y, Variable dy)
        {
            Variable divisor = AbsFunction.Apply(x) + 1;
            return dy / (divisor * divisor);
        }
    }
}
