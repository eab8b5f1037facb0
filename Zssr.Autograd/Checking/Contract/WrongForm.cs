using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Finds the function whose backward pass gives a gradient of another shape or type than its input, when the tape has refused it: it is
/// looked at as it comes, with the function that it came from.
/// </summary>
internal sealed class WrongForm(IReadOnlyList<CheckedInput> inputs) : ITapeObserver
{
    private Recording? _recording;
    private string? _found;

    /// <summary>The first such gradient in words, with the function's name and the input's; null where there is none.</summary>
    /// <param name="function">The function, whose backward pass fails.</param>
    /// <param name="u">The output gradient for which it does.</param>
    public static string? Describe(CheckedFunction function, double[] u)
    {
        var observer = new WrongForm(function.Inputs);
        using Recording recording = observer._recording = function.Record(observer);
        try
        {
            recording.Gradients(u);
        }
        catch (Exception refusal) when (BackwardContract.IsOfBackwardPass(refusal))
        {
            return observer._found is null ? null : $"the backward pass failed: {observer._found}";
        }

        return null;
    }

    public void Applied(Function function, TimeSpan time)
    {
    }

    public void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time)
    {
        for (int i = 0; i < function.Inputs.Count && _found is null; i++)
        {
            if (!function.Inputs[i].RequiresGradient || inputGradients[i] is not { } gradient)
                continue;
            Variable input = function.Inputs[i];
            if (gradient.Shape != input.Shape)
                _found = Sentence(function, i, $"of shape {gradient.Shape}", input.Shape.ToString()) + HowToSum(gradient.Shape, input.Shape);
            else if (gradient.DType != input.DType)
                _found = Sentence(function, i, $"of type {gradient.DType.Name()}", input.DType.Name());
        }
    }

    private string Sentence(Function function, int input, string given, string expected)
    {
        int number = _recording is null ? -1 : _recording.Inputs.ToList().IndexOf(function.Inputs[input]);
        string name = FunctionNames.OfInput(function, input) ?? (number >= 0 ? inputs[number].Name : "");
        return FunctionNames.Subject(function)
            + $"backward gives its input {input}{(name.Length > 0 ? $", {name}," : "")} a gradient {given}; "
            + $"it must be {expected}, as the input is";
    }

    /// <summary>The commonest reason for a shape that is too large.</summary>
    private static string HowToSum(Shape given, Shape expected) => given.ElementCount > expected.ElementCount
        ? ". Where the function repeats the input along axes, the gradient is the sum over them" : "";
}
