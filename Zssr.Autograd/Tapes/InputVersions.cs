using System.Runtime.CompilerServices;
using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// The versions (<see cref="Tensor.Version"/>) of a function's inputs when it was applied. Up to four stand in the function itself, so that
/// remembering them asks for no memory.
/// </summary>
internal readonly struct InputVersions
{
    private readonly FirstFour _first;
    private readonly long[]? _others;

    /// <summary>The versions now.</summary>
    public InputVersions(ReadOnlySpan<Variable> inputs)
    {
        int near = Math.Min(inputs.Length, FirstFour.Length);
        for (int i = 0; i < near; i++)
            _first[i] = inputs[i].Version;
        if (inputs.Length == near)
            return;
        _others = new long[inputs.Length - near];
        for (int i = 0; i < _others.Length; i++)
            _others[i] = inputs[near + i].Version;
    }

    /// <summary>The version of an input then.</summary>
    public long this[int input] => input < FirstFour.Length ? _first[input] : _others![input - FirstFour.Length];

    [InlineArray(Length)]
    private struct FirstFour
    {
        public const int Length = 4;

        private long _version;
    }
}
