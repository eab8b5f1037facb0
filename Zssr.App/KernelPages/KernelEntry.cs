using Zssr.Tensors;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.KernelPages;

/// <summary>A kernel with all that can be said of it without compiling it.</summary>
/// <param name="Kernel">The kernel, with its type arguments.</param>
/// <param name="Source">Its C# source.</param>
/// <param name="Launches">The operations that launch it with these type arguments.</param>
internal sealed record KernelEntry(KernelInstance Kernel, SourceExcerpt Source, IReadOnlyList<KernelLaunch> Launches)
{
    private const string ClassEnding = "Kernels";

    /// <summary>The class that holds it, such as <c>ElementwiseKernels</c>.</summary>
    public string ClassName => Kernel.Method.DeclaringType!.Name;

    /// <summary>The op structs in its type arguments, such as <c>Relu</c>; empty for most kernels.</summary>
    public IReadOnlyList<string> Ops => [.. Kernel.OpTypes.Select(type => type.Name)];

    /// <summary>The method with its ops, such as <c>Fold&lt;SumReduction&gt;</c>.</summary>
    public string ShortName => Ops.Count == 0 ? Kernel.Method.Name : $"{Kernel.Method.Name}<{string.Join(", ", Ops)}>";

    /// <summary>Its own names, its ops', and those of the operations that launch it.</summary>
    public IEnumerable<string> OwnNames =>
    [
        Kernel.Name, Kernel.Definition, Kernel.Method.Name, ShortName, ClassName, ClassName[..^ClassEnding.Length],
        .. Ops,
        .. Launches.SelectMany(launch => new[] { launch.Method.Split('.')[^1], launch.Method, launch.Name }),
    ];

    /// <summary>Everything by which a user may ask for it: those, and the names of the operations' classes.</summary>
    public IEnumerable<string> Names => OwnNames.Concat(Launches.Select(launch => launch.Method.Split('.')[0]));

    /// <summary>How the command line names it where others have the same definition.</summary>
    public string Invocation => Ops.Count == 0 ? Kernel.Definition : $"{Kernel.Definition} --generic {string.Join(',', Ops)}";

    /// <summary>Whether it computes in float64.</summary>
    public bool IsFloat64 => Kernel.ElementType == DType.Float64;
}
