using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A part of a network: a function of a variable, with parameters of its own and of the modules inside it.</summary>
/// <remarks>A module owns its parameters; dispose it after its last use.</remarks>
public abstract class Module : IDisposable
{
    private readonly List<NamedParameter> _parameters = [];
    private readonly List<(string Name, Module Module)> _children = [];

    /// <summary>
    /// The parameters of this module and of those inside it, in a fixed order, named as PyTorch's <c>named_parameters()</c>.
    /// </summary>
    public IReadOnlyList<NamedParameter> Parameters =>
    [
        .. _parameters,
        .. _children.SelectMany(child => child.Module.Parameters.Select(parameter => Prefixed(child.Name, parameter))),
    ];

    /// <summary>How many numbers are trained.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Value.Count);

    /// <summary>
    /// Pixels of x on every side that the answer to a part of an image depends on, bit for bit where the part begins at a multiple of four
    /// rows and columns. Null where that is not known: the module then gets whole images only.
    /// </summary>
    public virtual int? Margin => null;

    /// <summary>By how much the answer is larger than x; x's pixel (0, 0) becomes the answer's first block of pixels, and so on.</summary>
    public virtual WholeScale Enlargement => WholeScale.One;

    /// <summary>Where x's pixels lie on the answer, if that is larger.</summary>
    public virtual KernelPlacement Placement => KernelPlacement.Centred;

    /// <summary>The module's function, computed on x's tape.</summary>
    public abstract Variable Forward(Variable x);

    /// <summary>
    /// The module's function without anything recorded: values in between are freed as soon as they have been used, so that a large
    /// image needs the memory of few activations.
    /// </summary>
    public virtual Tensor Infer(Tensor x)
    {
        using var tape = new Tape();
        using (tape.NoGradient())
            return Forward(tape.Constant(x)).Value.Share();
    }

    /// <summary>Frees the parameters, those of inner modules included.</summary>
    public void Dispose()
    {
        foreach (NamedParameter parameter in Parameters)
            parameter.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a tensor a parameter of this module.</summary>
    /// <returns>The tensor.</returns>
    protected Tensor Register(string name, Tensor value)
    {
        _parameters.Add(new NamedParameter(name, value));
        return value;
    }

    /// <summary>Makes a module a part of this one. An empty name leaves the names of its parameters as they are.</summary>
    /// <returns>The inner module.</returns>
    protected TModule Register<TModule>(string name, TModule module)
        where TModule : Module
    {
        _children.Add((name, module));
        return module;
    }

    /// <summary>
    /// Goes on from one value to the next: where nothing is recorded the earlier one is not needed any more and is freed. Only for values
    /// that the module itself has made; its input is the caller's.
    /// </summary>
    /// <returns><paramref name="next"/>.</returns>
    protected static Variable Replace(Variable value, Variable next)
    {
        ArgumentNullException.ThrowIfNull(value);
        // A module that does nothing answers with its input, which is then still needed.
        if (!value.Tape.IsRecording && !ReferenceEquals(value, next))
            value.Dispose();
        return next;
    }

    private static NamedParameter Prefixed(string prefix, NamedParameter parameter) =>
        prefix.Length == 0 ? parameter : parameter with { Name = $"{prefix}.{parameter.Name}" };
}
