using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// Derivatives of a function of one variable as tensors, by backward passes: whole matrices, and their products with vectors, which cost one
/// or two passes whatever the sizes. All results are the caller's.
/// </summary>
/// <remarks>
/// Functions must be differentiable twice for those that say so; a <see cref="GraphException"/> names the one that is not. An output or a
/// gradient that does not depend on x has derivatives of zero.
/// </remarks>
public static class Derivatives
{
    /// <summary>The gradient ∇f, of x's shape, of a function that gives a single number.</summary>
    /// <exception cref="ShapeException">f gives more than one number.</exception>
    public static Tensor Gradient(Func<Variable, Variable> f, Tensor x)
    {
        using var point = new Point(f, x);
        point.RequireNumber("gradient");
        return point.Pullback(null);
    }

    /// <summary>The Jacobian J[o, i] = ∂y[o] / ∂x[i] of y = f(x), of the axes of y and then those of x: [y…, x…]. A pass for each number of y.</summary>
    public static Tensor Jacobian(Func<Variable, Variable> f, Tensor x)
    {
        using var point = new Point(f, x);
        return point.Rows(point.Y);
    }

    /// <summary>
    /// The Hessian H[i, j] = ∂²f / ∂x[i] ∂x[j] of a function that gives a single number, of x's axes twice: [x…, x…]. It is the Jacobian of the
    /// gradient, a pass for each number of x through functions that must be differentiable twice.
    /// </summary>
    /// <exception cref="ShapeException">f gives more than one number.</exception>
    public static Tensor Hessian(Func<Variable, Variable> f, Tensor x)
    {
        using var point = new Point(f, x);
        point.RequireNumber("Hessian");
        return point.Rows(point.Gradient());
    }

    /// <summary>The vector-Jacobian product Jᵀ u, of x's shape: what a backward pass computes.</summary>
    /// <exception cref="ShapeException">u has another shape than f(x).</exception>
    public static Tensor Vjp(Func<Variable, Variable> f, Tensor x, Tensor u)
    {
        using var point = new Point(f, x);
        return point.Pullback(u);
    }

    /// <summary>
    /// The Jacobian-vector product J v, of the shape of f(x): how f changes when x moves along v. Jᵀ u is linear in u, and its own backward
    /// pass is J v; so two passes through functions that must be differentiable twice.
    /// </summary>
    /// <exception cref="ShapeException">v has another shape than x.</exception>
    public static Tensor Jvp(Func<Variable, Variable> f, Tensor x, Tensor v)
    {
        using var point = new Point(f, x);
        return point.Pushforward(v);
    }

    /// <summary>
    /// The Hessian-vector product H v of a function that gives a single number, of x's shape: two passes, the second through the first, so
    /// functions must be differentiable twice.
    /// </summary>
    /// <exception cref="ShapeException">f gives more than one number, or v has another shape than x.</exception>
    public static Tensor Hvp(Func<Variable, Variable> f, Tensor x, Tensor v)
    {
        using var point = new Point(f, x);
        point.RequireNumber("Hessian-vector product");
        return point.Pullback(v, point.Gradient());
    }
}
