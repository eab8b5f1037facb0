using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The portable kernels of optimisers: one pass over a parameter and all that belongs to it, in place.</summary>
internal static class UpdateKernels
{
    /// <summary>One step of Adam; for the formula see <see cref="AdamUpdate"/>.</summary>
    public static void Adam<T>(
        ArrayView<T> parameter, ArrayView<T> gradient, ArrayView<T> firstMoment, ArrayView<T> secondMoment, AdamCoefficients<T> adam)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < parameter.IntLength; i += stride)
        {
            T g = gradient[i];
            T m = adam.Beta1 * firstMoment[i] + adam.OneMinusBeta1 * g;
            T v = adam.Beta2 * secondMoment[i] + adam.OneMinusBeta2 * (g * g);
            firstMoment[i] = m;
            secondMoment[i] = v;
            T denominator = T.Sqrt(v) / adam.RootOfCorrection2 + adam.Epsilon;
            parameter[i] -= adam.StepSize * (m / denominator);
        }
    }

    /// <summary>One step of gradient descent with momentum; for the formula see <see cref="SgdUpdate"/>.</summary>
    public static void Sgd<T>(ArrayView<T> parameter, ArrayView<T> gradient, ArrayView<T> velocity, T learningRate, T momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < parameter.IntLength; i += stride)
        {
            T v = momentum * velocity[i] + gradient[i];
            velocity[i] = v;
            parameter[i] -= learningRate * v;
        }
    }

    /// <summary>Muon's momentum; for the formula see <see cref="MuonUpdate"/>.</summary>
    public static void Nesterov<T>(ArrayView<T> gradient, ArrayView<T> velocity, ArrayView<T> direction, T momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < gradient.IntLength; i += stride)
        {
            T g = gradient[i];
            T v = momentum * velocity[i] + g;
            velocity[i] = v;
            direction[i] = g + momentum * v;
        }
    }

    /// <summary>weight[i] ← weight[i] − step · direction[i].</summary>
    public static void Descend<T>(ArrayView<T> weight, ArrayView<T> direction, T step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < weight.IntLength; i += stride)
            weight[i] -= step * direction[i];
    }
}
