using System.Reflection;

namespace Zssr.Autograd.Checking;

/// <summary>What a function's author calls its inputs: the variables among the parameters of its static Apply, by their order.</summary>
internal static class InputNames
{
    /// <summary>The name of an input; null where the function's class does not tell.</summary>
    public static string? Of(Function function, int input) => function.GetType()
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy)
        .Where(method => method.Name == "Apply")
        .Select(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(Variable)).ToArray())
        .FirstOrDefault(parameters => parameters.Length == function.Inputs.Count)?[input].Name;
}
