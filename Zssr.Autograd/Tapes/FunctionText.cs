using System.Globalization;
using System.Reflection;

namespace Zssr.Autograd;

/// <summary>How messages name functions, their inputs and their outputs.</summary>
internal static class FunctionText
{
    /// <summary><c>Multiply (Program.cs:12)</c>; the name alone where no line was remembered.</summary>
    public static string Of(Function function) => function.Line is { } line ? $"{function.Name} ({line})" : function.Name;

    /// <summary><c>input 1 (weight)</c>: by the variable's name, or else by that of the parameter of the function's Apply.</summary>
    public static string Input(Function function, int input)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"input {input}");
        return (function.Inputs[input].Name ?? ParameterName(function, input)) is { } name ? $"{number} ({name})" : number;
    }

    /// <summary>Where a variable comes from: <c>, computed by Exp (Program.cs:11),</c>; nothing for one that was given.</summary>
    public static string Origin(Variable variable) => variable.Source is { } source ? $", computed by {Of(source)}," : "";

    /// <summary>What the author of a function calls an input: the variables among the parameters of its static methods, in order.</summary>
    private static string? ParameterName(Function function, int input) => function.GetType()
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy)
        .Where(method => method.ReturnType.IsAssignableTo(typeof(Variable)) || method.ReturnType == typeof(IReadOnlyList<Variable>))
        .Select(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(Variable)).ToArray())
        .FirstOrDefault(parameters => parameters.Length == function.Inputs.Count)?[input].Name;
}
