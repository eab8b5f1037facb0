using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>Whether a gradient can be that of a function's input.</summary>
internal static class InputGradient
{
    /// <summary>Throws, with the function's and the input's names, where it cannot.</summary>
    /// <param name="function">The function whose Backward gave it.</param>
    /// <param name="input">Which input it was given for.</param>
    /// <param name="gradient">The gradient.</param>
    public static void Validate(Function function, int input, Variable gradient)
    {
        Variable x = function.Inputs[input];
        if (gradient.Tape != x.Tape)
        {
            throw new GraphException(
                $"backward: {FunctionText.Of(function)} gave {FunctionText.Input(function, input)} a gradient of another tape. "
                + "Make it with dy.Tape.Constant(tensor), or compute it from dy.");
        }

        if (gradient.IsFreed)
        {
            throw new GraphException(
                $"backward: {FunctionText.Of(function)} gave {FunctionText.Input(function, input)} a gradient that has been disposed. "
                + "Return it undisposed: the tape frees it.");
        }

        if (gradient.Shape != x.Shape)
        {
            throw new ShapeException(
                $"backward: {FunctionText.Of(function)}: a gradient of shape {gradient.Shape} came for a variable of shape {x.Shape}, "
                + $"{FunctionText.Input(function, input)}. They must be equal: see the function's Backward.");
        }

        if (gradient.DType != x.DType)
        {
            throw new DTypeException(
                $"backward: {FunctionText.Of(function)}: a {gradient.DType.Name()} gradient came for a {x.DType.Name()} variable {x.Shape}, "
                + $"{FunctionText.Input(function, input)}. They must be equal: see the function's Backward.");
        }
    }
}
