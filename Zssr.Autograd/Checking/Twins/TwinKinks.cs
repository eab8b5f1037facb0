using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Kinks of a function that its float64 twin is on the other side of, because float32 rounds. The twin's inputs are moved by a few units in
/// the last place of float32: where that makes its own gradient jump, it says nothing about the function's.
/// </summary>
internal sealed class TwinKinks(CheckedFunction single, CheckedFunction twin, Observation observation, Findings findings) : IDisposable
{
    // Each move flips a coin for each element; 12 of them miss one side of a kink in one of 4096 cases.
    private const int Moves = 12, UnitsInLastPlace = 4;

    private readonly HashSet<(int Input, int Element)> _known = [];
    private readonly Dictionary<int, IReadOnlyList<double[]?[]>> _gradients = [];
    private IReadOnlyList<CheckedFunction>? _moved;

    /// <summary>Whether a kink explains that a derivative is another one in float32; it is counted then.</summary>
    /// <param name="k">Which quantity is differentiated.</param>
    /// <param name="input">By which input.</param>
    /// <param name="element">By which of its elements, in the flat order.</param>
    /// <param name="expected">The twin's derivative.</param>
    /// <param name="actual">The function's derivative.</param>
    public bool Explain(int k, int input, int element, double expected, double actual)
    {
        CheckedInput x = single.Inputs[input];
        double jump = Gradients(k).Max(gradients => Math.Abs((gradients[input]?[element] ?? 0) - expected));
        // A jump that is small beside the error does not excuse it.
        if (!(jump > x.Allowed(expected) && Math.Abs(actual - expected) <= 2 * jump))
            return false;
        if (_known.Add((input, element)))
            findings.AddKink(x.KinkAt(element), element);
        return true;
    }

    public void Dispose()
    {
        foreach (CheckedInput input in (_moved ?? []).SelectMany(moved => moved.Inputs))
            input.Tensor.Dispose();
    }

    /// <summary>The twin's gradients at all moved inputs.</summary>
    private IReadOnlyList<double[]?[]> Gradients(int k)
    {
        if (_gradients.TryGetValue(k, out IReadOnlyList<double[]?[]>? known))
            return known;
        var random = new Random(1);
        _moved ??=
        [
            .. Enumerable.Range(0, Moves)
                .Select(_ => new CheckedFunction(twin.Apply, [.. twin.Inputs.Select(x => Moved(x, random))])),
        ];
        return _gradients[k] =
        [
            .. _moved.Select(moved =>
            {
                using Recording recording = moved.Record();
                return observation.Gradients(recording, k);
            }),
        ];
    }

    private static CheckedInput Moved(CheckedInput x, Random random)
    {
        double[] values = [.. x.Values.Select(value => value + (random.Next(2) * 2 - 1) * UnitsInLastPlace * LastPlace(value))];
        return x with { Tensor = Tensor.From(x.Tensor.Device, x.Shape, values), Values = values };
    }

    /// <summary>How far the next float32 is from a number, away from 0.</summary>
    private static double LastPlace(double value)
    {
        float size = (float)Math.Abs(value);
        return float.IsFinite(size) ? (double)MathF.BitIncrement(size) - size : 0;
    }
}
