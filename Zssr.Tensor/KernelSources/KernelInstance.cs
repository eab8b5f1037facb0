using System.Reflection;

namespace Zssr.Tensors.KernelSources;

/// <summary>A kernel with its generic parameters filled in.</summary>
/// <param name="Method">What ILGPU compiles.</param>
public sealed record KernelInstance(MethodInfo Method)
{
    /// <summary>The class and the method, such as "ElementwiseKernels.Map".</summary>
    public string Definition => $"{Method.DeclaringType!.Name}.{Method.Name}";

    /// <summary>What fills the generic parameters, in their order, such as "float" and "Relu"; empty where there are none.</summary>
    public IReadOnlyList<string> Arguments => [.. Method.GetGenericArguments().Select(NameOf)];

    /// <summary>Such as "ElementwiseKernels.Map&lt;float, Relu&gt;".</summary>
    public string Name => Arguments.Count == 0 ? Definition : $"{Definition}<{string.Join(", ", Arguments)}>";

    /// <summary>The element type that it was filled with; null where it has no such parameter.</summary>
    public DType? ElementType =>
        Arguments.Contains("float") ? DType.Float32 : Arguments.Contains("double") ? DType.Float64 : null;

    /// <summary>The op structs that it was filled with, such as <c>Relu</c>.</summary>
    public IEnumerable<Type> OpTypes => Method.GetGenericArguments().Where(type => !type.IsPrimitive);

    /// <summary>The name, by which NUnit names test cases, too.</summary>
    public override string ToString() => Name;

    private static string NameOf(Type type) => type == typeof(float) ? "float" : type == typeof(double) ? "double" : type.Name;
}
