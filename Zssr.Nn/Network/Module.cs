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

    /// <summary>
    /// Converts all parameters to a type, in place, as PyTorch's <c>module.to(dtype)</c>: float64 so that gradients can be checked, float32
    /// to train. The tensors before are freed: optimizers that hold them must be made anew.
    /// </summary>
    /// <returns>This module.</returns>
    /// <exception cref="NotSupportedException">A module of one's own does not override <see cref="Converted"/>.</exception>
    public Module To(DType dtype)
    {
        for (int i = 0; i < _parameters.Count; i++)
        {
            (string name, Tensor before) = (_parameters[i].Name, _parameters[i].Value);
            if (before.DType == dtype)
                continue;
            Tensor after = before.To(dtype);
            Converted(name, after);
            _parameters[i] = new NamedParameter(name, after);
            before.Dispose();
        }

        foreach ((_, Module child) in _children)
            child.To(dtype);
        return this;
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

    /// <summary>Takes the tensor that a registered parameter has become. A module with parameters of its own overrides this for <see cref="To"/>.</summary>
    /// <param name="name">The parameter's name, as registered.</param>
    /// <param name="value">Its new tensor, which the module uses from now on.</param>
    protected virtual void Converted(string name, Tensor value) => throw new NotSupportedException(
        $"{GetType().Name}: its parameter '{name}' cannot be converted. Override Converted, and use the tensor that it is given from then on.");

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
