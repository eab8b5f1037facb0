using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.DerivativeHelpers;

/// <summary>Jacobians, Hessians and their products, against formulas.</summary>
[TestFixture]
public sealed class DerivativesTests
{
    private static readonly double[] X = [0.5, -1.5, 2];

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    // The Jacobian of x² is diag(2 x).
    [Test]
    public void The_Jacobian_of_squares_is_diagonal()
    {
        using Tensor x = Tensor.From(Device, [3], X), jacobian = Derivatives.Jacobian(SquareFunction.Apply, x);
        Assert.That(jacobian.Shape.ToString(), Is.EqualTo("[3, 3]"));
        Assert.That(jacobian.ToDoubles(), Is.EqualTo(new[] { 1.0, 0, 0, 0, -3, 0, 0, 0, 4 }));
        using Tensor numeric = GradCheck.NumericJacobian(SquareFunction.Apply, x);
        Assert.That(numeric.Shape, Is.EqualTo(jacobian.Shape));
        Assert.That(numeric.ToDoubles(), Is.EqualTo(jacobian.ToDoubles()).Within(1e-8));
    }

    // f = Σ x³ has the gradient 3 x² and the Hessian diag(6 x).
    [Test]
    public void The_Hessian_of_a_sum_of_cubes_is_diagonal()
    {
        using Tensor x = Tensor.From(Device, [3], X), hessian = Derivatives.Hessian(Cubes, x);
        Assert.That(hessian.Shape.ToString(), Is.EqualTo("[3, 3]"));
        Assert.That(hessian.ToDoubles(), Is.EqualTo(new[] { 3.0, 0, 0, 0, -9, 0, 0, 0, 12 }).Within(1e-14));
        using Tensor gradient = Derivatives.Gradient(Cubes, x);
        Assert.That(gradient.ToDoubles(), Is.EqualTo(X.Select(v => 3 * v * v)).Within(1e-14));
    }

    // f = (Σ x)² has the Hessian 2 everywhere.
    [Test]
    public void Hessian_vector_products_are_rows_of_sums()
    {
        using Tensor x = Tensor.From(Device, [3], X), v = Tensor.From(Device, [3], [1, 10, 100.0]);
        using Tensor product = Derivatives.Hvp(x => SquareFunction.Apply(SumFunction.Apply(x)), x, v);
        Assert.That(product.ToDoubles(), Is.EqualTo(new[] { 222.0, 222, 222 }));
    }

    // y = 2 x · (x in the opposite order).
    [Test]
    public void Products_with_vectors_are_those_of_the_Jacobian()
    {
        using Tensor x = Tensor.From(Device, [1, 3], X), v = Tensor.From(Device, [1, 3], [1, 2, -1.0]);
        using Tensor jv = Derivatives.Jvp(x => x * FlipHorizontal(x) * 2, x, v), ju = Derivatives.Vjp(x => x * FlipHorizontal(x) * 2, x, v);
        // y = 2 (x₀ x₂, x₁², x₂ x₀): J = 2 [[x₂, 0, x₀], [0, 2 x₁, 0], [x₂, 0, x₀]].
        Assert.That(jv.ToDoubles(), Is.EqualTo(new[] { 3.0, -12, 3 }));
        Assert.That(ju.ToDoubles(), Is.EqualTo(new[] { 0.0, -12, 0 }));
        Assert.That(jv.Shape.ToString(), Is.EqualTo("[1, 3]"));
    }

    [Test]
    public void What_does_not_depend_on_x_has_derivatives_of_zero()
    {
        using Tensor x = Tensor.From(Device, [3], X), v = Tensor.From(Device, [3], [1, 2, -1.0]);
        using Tensor jacobian = Derivatives.Jacobian(x => x.Detach() * 2, x), hessian = Derivatives.Hessian(SumFunction.Apply, x);
        using Tensor jv = Derivatives.Jvp(x => x.Detach(), x, v);
        Assert.That(jacobian.ToDoubles(), Is.EqualTo(new double[9]));
        Assert.That(hessian.ToDoubles(), Is.EqualTo(new double[9]));
        Assert.That(jv.ToDoubles(), Is.EqualTo(new double[3]));
    }

    [Test]
    public void A_function_of_several_numbers_has_no_Hessian()
    {
        using Tensor x = Tensor.From(Device, [3], X), v = Tensor.From(Device, [2], [1, 2.0]);
        Assert.That(() => Derivatives.Hessian(SquareFunction.Apply, x), Throws.TypeOf<ShapeException>().With.Message.Contains("single number"));
        Assert.That(() => Derivatives.Jvp(SquareFunction.Apply, x, v), Throws.TypeOf<ShapeException>().With.Message.Contains("[2]"));
    }

    private static Variable Cubes(Variable x) => SumFunction.Apply(x * x * x);

    private static Variable FlipHorizontal(Variable x) =>
        ReshapeFunction.Apply(FlipHorizontalFunction.Apply(ReshapeFunction.Apply(x, [1, 1, 3, 1])), [1, 3]);
}
