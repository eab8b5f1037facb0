using System.Reflection;
using ILGPU;

namespace Zssr.Tensors.KernelSources;

/// <summary>Finds every kernel of an assembly by its conventions, so that a new kernel is checked without being listed.</summary>
/// <remarks>
/// A kernel is a public static void method of a static class whose name ends in <c>Kernels</c>; the methods that kernels call there
/// return a value or are not public. Each generic parameter is filled with all that it may stand for: an element type with float and
/// double, and a parameter constrained to an interface of the assembly, such as <c>TOp : struct, IUnaryOp</c>, with each struct there
/// that implements it.
/// </remarks>
public static class KernelCatalogue
{
    private const BindingFlags EntryPoints = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Type[] ElementTypes = [typeof(float), typeof(double)];

    /// <summary>Every kernel of this library, for all its type arguments, sorted by name.</summary>
    public static IReadOnlyList<KernelInstance> All() => Of(typeof(KernelCatalogue).Assembly);

    /// <summary>Every kernel of an assembly, for all its type arguments, sorted by name.</summary>
    /// <exception cref="InvalidOperationException">A kernel breaks a convention or nothing fits one of its parameters.</exception>
    public static IReadOnlyList<KernelInstance> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly.GetTypes().Where(HoldsKernels)
                .SelectMany(type => type.GetMethods(EntryPoints))
                .Where(IsKernel)
                .SelectMany(method => Instances(method, assembly))
                .OrderBy(kernel => kernel.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a method is a kernel, by the conventions above.</summary>
    internal static bool IsKernel(MethodBase method) =>
        method is MethodInfo { IsPublic: true, IsStatic: true } info
        && info.ReturnType == typeof(void) && HoldsKernels(info.DeclaringType!);

    private static bool HoldsKernels(Type type) =>
        type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Kernels", StringComparison.Ordinal);

    private static List<KernelInstance> Instances(MethodInfo method, Assembly assembly)
    {
        string name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (FirstParameter(method) != typeof(ArrayView<>))
            throw new InvalidOperationException(
                $"{name} does not begin with an ArrayView parameter. Kernels are explicitly grouped (Grid and Group, no Index1D); "
                + "a method that kernels call returns a value or is not public.");
        if (!method.IsGenericMethodDefinition)
            return [new KernelInstance(method)];

        List<KernelInstance> instances = [.. ArgumentLists(method.GetGenericArguments(), [], assembly)
            .Select(arguments => Instantiate(method, arguments))
            .OfType<MethodInfo>()
            .Select(filled => new KernelInstance(filled))];
        return instances.Count > 0
            ? instances
            : throw new InvalidOperationException($"No type in {assembly.GetName().Name} fits the generic parameters of {name}.");
    }

    private static Type? FirstParameter(MethodInfo method) =>
        method.GetParameters() is [{ ParameterType: { IsGenericType: true } type }, ..] ? type.GetGenericTypeDefinition() : null;

    /// <summary>All ways to fill the parameters from left to right, given those already filled.</summary>
    private static IEnumerable<Type[]> ArgumentLists(Type[] parameters, Type[] filled, Assembly assembly) =>
        filled.Length == parameters.Length
            ? [filled]
            : Candidates(parameters[filled.Length], assembly)
                .SelectMany(candidate => ArgumentLists(parameters, [.. filled, candidate], assembly));

    private static IEnumerable<Type> Candidates(Type parameter, Assembly assembly)
    {
        Type[] interfaces = [.. parameter.GetGenericParameterConstraints().Where(type => type.IsInterface && type.Assembly == assembly)];
        return interfaces.Length == 0
            ? ElementTypes
            : assembly.GetTypes().Where(type => type.IsValueType && interfaces.All(constraint => MayImplement(type, constraint)));
    }

    /// <summary>
    /// Compared without type arguments: whether <c>IMaths&lt;float&gt;</c> serves where <c>IMaths&lt;T&gt;</c> is asked for
    /// is decided when the kernel is instantiated.
    /// </summary>
    private static bool MayImplement(Type type, Type constraint)
    {
        if (!type.GetInterfaces().Any(implemented => Definition(implemented) == Definition(constraint)))
            return false;
        if (type.IsGenericTypeDefinition)
            throw new InvalidOperationException($"{type.Name} is generic; {nameof(KernelCatalogue)} would have to learn how to fill it.");
        return true;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static MethodInfo? Instantiate(MethodInfo method, Type[] arguments)
    {
        try
        {
            return method.MakeGenericMethod(arguments);
        }
        catch (ArgumentException)
        {
            // These arguments break a constraint together, such as float with a struct for double: no such kernel exists.
            return null;
        }
    }
}
