using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>
/// What meta-training makes small: not the loss of a network, but its loss after a few steps of training on other pairs of the same
/// picture. Inner loop: θ₀ = θ, θₖ₊₁ = θₖ − α · ∂L(θₖ; adapting pairs)/∂θₖ. Outer loss: L(θ_K; judging pairs), a function of θ through all
/// inner steps, whose gradient holds second derivatives.
/// </summary>
/// <remarks>
/// C. Finn, P. Abbeel, S. Levine, "Model-agnostic meta-learning", 2017, section 2; for super-resolution: Soh, Cho, Cho 2020 (MZSR).
/// </remarks>
/// <param name="steps">K.</param>
/// <param name="rate">α.</param>
internal sealed class MetaLoss(int steps, double rate)
{
    /// <summary>The outer loss, recorded down to the network's parameters.</summary>
    /// <param name="tape">Where it is recorded.</param>
    /// <param name="network">The network; its blocks must not be fused on its device, for lack of second derivatives.</param>
    /// <param name="loss">L of one pair.</param>
    /// <param name="adapting">The pairs of the inner steps, one batch.</param>
    /// <param name="judging">The pairs of the outer loss.</param>
    public Variable Of(Tape tape, Module network, TrainingLoss loss, TrainingPair adapting, TrainingPair judging)
    {
        Variable[] weights = [.. network.Parameters.Select(parameter => tape.Watch(parameter.Value))];
        for (int step = 0; step < steps; step++)
        {
            Variable?[] gradients = tape.Gradients(LossOf(weights, adapting), weights, createGraph: true);
            weights = [.. weights.Zip(gradients, (weight, gradient) => gradient is null ? weight : weight - gradient * rate)];
        }

        return LossOf(weights, judging);

        Variable LossOf(Variable[] weights, TrainingPair pair) => tape.With(
            network.Parameters.Select((parameter, i) => (parameter.Value, weights[i])),
            () => loss.Of(network.Forward(tape.Constant(pair.Son)), pair.Father));
    }
}
