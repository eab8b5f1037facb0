using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>Whether a backward pass can start where it is asked to.</summary>
internal static class Roots
{
    /// <summary>Throws where it cannot.</summary>
    public static void Validate(Tape tape, IReadOnlyList<Variable> roots, IReadOnlyList<Variable?>? seeds)
    {
        if (roots.Count == 0)
            throw new GraphException("backward: there is no root. Pass the variable to differentiate, such as a loss.");
        if (seeds is not null && seeds.Count != roots.Count)
        {
            throw new GraphException(
                $"backward: there are {seeds.Count} seeds for {roots.Count} roots. Pass one for each, null for 1.");
        }

        for (int i = 0; i < roots.Count; i++)
        {
            string subject = roots.Count == 1 ? "the variable" : $"root {i}";
            if (roots[i] is null)
                throw new GraphException($"backward: {subject} is null. Pass the variable to differentiate.");
            Validate(tape, roots[i], seeds?[i], subject);
        }
    }

    /// <summary>Throws where no gradient can come to the variables that gradients are asked for.</summary>
    public static void ValidateInputs(Tape tape, IReadOnlyList<Variable> inputs)
    {
        foreach (Variable input in inputs)
        {
            if (input is null)
                throw new GraphException("gradients: an input is null. Pass variables of the tape.");
            if (input.Tape != tape)
                throw new GraphException("gradients: an input belongs to another tape. Use its own tape, variable.Tape.");
            BackwardPass.ThrowIfFreed(input);
            if (!input.RequiresGradient)
            {
                throw new GraphException(
                    $"gradients: no gradient flows to an input {input.Shape}: it is a constant, or computed from constants only. "
                    + "Make it, or what it is computed from, with tape.Watch(tensor), and compute outside NoGradient().");
            }
        }
    }

    private static void Validate(Tape tape, Variable root, Variable? seed, string subject)
    {
        if (root.Tape != tape)
            throw new GraphException($"backward: {subject} belongs to another tape. Call Backward on variable.Tape.");
        BackwardPass.ThrowIfFreed(root);
        if (!root.RequiresGradient)
        {
            throw new GraphException(
                $"backward: {subject} {root.Shape} depends on no watched variable. "
                + "Watch the weights with tape.Watch(tensor), outside NoGradient().");
        }

        if (seed is null && root.Shape.ElementCount != 1)
        {
            throw new ShapeException(
                $"backward: {subject} has shape {root.Shape}; without a seed it must be a single number. "
                + "Take its sum or mean, or pass its gradient as seed.");
        }

        if (seed is not null && (seed.Tape != tape || seed.DType != root.DType))
        {
            throw new GraphException(
                $"backward: the seed of {subject} must be on its tape and of its type, {root.DType.Name()}. "
                + "Make it with variable.Tape.Constant(tensor).");
        }

        if (seed is not null && seed.Shape != root.Shape)
            throw new ShapeException($"backward: the seed has shape {seed.Shape}, {subject} {root.Shape}; they must be equal.");
    }
}
