using System.Globalization;
using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>Modules one after another: y = f_n(…f_1(f_0(x))). Their parameters are named 0, 1, … as in PyTorch.</summary>
public sealed class Sequential : Module
{
    private readonly Module[] _modules;

    /// <summary>The modules in the order in which they act; they belong to this one from now on.</summary>
    public Sequential(params IReadOnlyList<Module> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        _modules = [.. modules];
        for (int i = 0; i < _modules.Length; i++)
            Register(i.ToString(CultureInfo.InvariantCulture), _modules[i]);
    }

    /// <summary>The modules in the order in which they act.</summary>
    public IReadOnlyList<Module> Modules => _modules;

    /// <inheritdoc/>
    public override Variable Forward(Variable x)
    {
        Variable y = x;
        foreach (Module module in _modules)
        {
            Variable next = module.Forward(y);
            y = ReferenceEquals(y, x) ? next : Replace(y, next);
        }

        return y;
    }
}
