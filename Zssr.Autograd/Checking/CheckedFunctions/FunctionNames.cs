using System.Reflection;

namespace Zssr.Autograd.Checking;

/// <summary>How reports call a function that was met on a tape, and its inputs.</summary>
internal static class FunctionNames
{
    /// <summary><c>Conv2d ([1, 8, 8, 3], [3, 3, 3, 4] → [1, 6, 6, 4]): </c>.</summary>
    public static string Subject(Function function) =>
        $"{function.Name} ({string.Join(", ", function.Inputs.Select(input => input.Shape))} → {function.Output?.Shape}): ";

    /// <summary>
    /// What the function's author calls an input: the variables among the parameters of its static Apply, by their order. Null where its
    /// class does not tell.
    /// </summary>
    public static string? OfInput(Function function, int input) => function.GetType()
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy)
        .Where(method => method.Name == "Apply")
        .Select(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(Variable)).ToArray())
        .FirstOrDefault(parameters => parameters.Length == function.Inputs.Count)?[input].Name;
}
