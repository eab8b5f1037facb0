using System.Reflection;

namespace Zssr.Tensors.KernelSources;

/// <summary>A public method that launches kernels.</summary>
/// <param name="Method">The class and the method, such as "Elementwise.Relu".</param>
/// <param name="Name">What it calls itself in its errors, such as "relu" or "conv2d weight gradient".</param>
public sealed record KernelLaunch(string Method, string Name);

/// <summary>
/// Which operations launch which kernels, and what else belongs to a kernel. Read from the library's own compiled code, so that there is
/// no list to keep.
/// </summary>
public sealed class KernelUse
{
    private readonly Dictionary<MethodBase, MethodBase[]> _calls = [];
    private readonly Dictionary<MethodBase, HashSet<MethodBase>> _callers = [];
    private readonly Dictionary<MethodBase, SortedSet<string>> _launches = [];
    private readonly Dictionary<string, KernelLaunch> _operations = [];

    /// <summary>Follows every public method of the library to the kernels that it may launch.</summary>
    public KernelUse()
    {
        foreach (MethodInfo operation in Operations())
        {
            string name = $"{operation.DeclaringType!.Name}.{operation.Name}";
            foreach (MethodBase kernel in Reached(operation).Where(KernelCatalogue.IsKernel))
            {
                _operations.TryAdd(name, new KernelLaunch(name, OwnName(operation)));
                if (!_launches.TryGetValue(kernel, out SortedSet<string>? launches))
                    _launches.Add(kernel, launches = new(StringComparer.Ordinal));
                launches.Add(name);
            }
        }
    }

    /// <summary>The operations that may launch a kernel with these type arguments, by name.</summary>
    public IReadOnlyList<KernelLaunch> LaunchesOf(KernelInstance kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return _launches.TryGetValue(kernel.Method, out SortedSet<string>? names) ? [.. names.Select(name => _operations[name])] : [];
    }

    /// <summary>
    /// The SIMD code that runs on the processor instead of a kernel: what the nearest of its callers also calls. Empty for float64, and
    /// where there is none.
    /// </summary>
    public IReadOnlyList<string> SimdInsteadOf(KernelInstance kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        HashSet<MethodBase> seen = [];
        MethodBase[] level = kernel.ElementType == DType.Float64 ? [] : [kernel.Method];
        while (level.Length > 0)
        {
            level = [.. level.SelectMany(method => _callers.GetValueOrDefault(method, [])).Distinct().Where(seen.Add)];
            string[] simd = [.. level.SelectMany(CallsOfClass).Where(IsSimd).Select(NameOf).Distinct().Order(StringComparer.Ordinal)];
            if (simd.Length > 0)
                return simd;
        }

        return [];
    }

    /// <summary>The types of this library whose methods a kernel calls, its own class last if it calls others of its methods.</summary>
    public static IReadOnlyList<Type> HelpersOf(KernelInstance kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Type own = kernel.Method.DeclaringType!;
        return
        [
            .. MethodBodyReader.Calls(kernel.Method)
                .Select(called => Outermost(called.DeclaringType!))
                .Where(type => type.Assembly == own.Assembly && !type.IsInterface)
                .Distinct()
                .OrderBy(type => type == own)
                .ThenBy(type => type.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<MethodInfo> Operations() =>
        typeof(Tensor).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(Tensor).Namespace && !type.IsGenericType)
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && !method.IsGenericMethod);

    /// <summary>What an operation's errors begin with: its first text, but for the names of arguments that checks may need.</summary>
    private static string OwnName(MethodInfo operation) =>
        MethodBodyReader.Texts(operation)
            .FirstOrDefault(text => operation.GetParameters().All(argument => argument.Name != text))?
            .Split(':')[0]
        ?? operation.Name;

    /// <summary>The method and all that it may call within the library; kernels and SIMD code are ends.</summary>
    private HashSet<MethodBase> Reached(MethodBase from)
    {
        var reached = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>([from]);
        while (open.TryPop(out MethodBase? method))
        {
            if (!reached.Add(method) || KernelCatalogue.IsKernel(method) || IsSimd(method))
                continue;
            foreach (MethodBase called in CallsOf(method))
                open.Push(called);
        }

        return reached;
    }

    private MethodBase[] CallsOf(MethodBase method)
    {
        if (_calls.TryGetValue(method, out MethodBase[]? known))
            return known;
        MethodBase[] calls = [.. MethodBodyReader.Calls(method).Where(called => called.Module == method.Module).Distinct()];
        foreach (MethodBase called in calls)
        {
            if (!_callers.TryGetValue(called, out HashSet<MethodBase>? callers))
                _callers.Add(called, callers = []);
            callers.Add(method);
        }

        return _calls[method] = calls;
    }

    /// <summary>What a method calls itself, and what the methods of its class do for it.</summary>
    private IEnumerable<MethodBase> CallsOfClass(MethodBase method) => CallsOf(method).SelectMany(called =>
        called.DeclaringType == method.DeclaringType && !called.IsPublic ? CallsOf(called).Prepend(called) : [called]);

    /// <summary>Work for the processor's threads, or a public function that gives them work: its first argument is the processor.</summary>
    private static bool IsSimd(MethodBase method) =>
        typeof(IHostWork).IsAssignableFrom(method.DeclaringType)
        || (method is { IsPublic: true, IsStatic: true } && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Host));

    private static string NameOf(MethodBase method) => method.DeclaringType!.Name.Split('`')[0];

    private static Type Outermost(Type type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
