using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// One step of Adam (Kingma and Ba, 2015, Algorithm 1) in a single pass, in PyTorch's order of operations:
/// m ← m + (1 − β₁)(g − m), v ← β₂ v + (1 − β₂) g², w ← w − lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
/// </summary>
/// <param name="w">Weights; updated.</param>
/// <param name="g">Their gradients.</param>
/// <param name="m">Running mean of the gradients; updated.</param>
/// <param name="v">Running mean of their squares; updated.</param>
/// <param name="count">How many weights.</param>
/// <param name="step">The numbers that are the same for all of them.</param>
internal readonly unsafe struct AdamWork(float* w, float* g, float* m, float* v, int count, AdamStep step) : IHostWork
{
    public long Cost => 4L * count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.OfElements(count, part, parts);
        int i = band.Start;
        for (; i <= band.End - S.Lanes; i += S.Lanes)
        {
            V weight = S.Load(w + i), mean = S.Load(m + i), square = S.Load(v + i);
            Update<V, S>(ref weight, S.Load(g + i), ref mean, ref square);
            S.Store(weight, w + i);
            S.Store(mean, m + i);
            S.Store(square, v + i);
        }

        int rest = band.End - i;
        if (rest <= 0)
            return;
        V lastWeight = Tail.Load<V, S>(w + i, rest), lastMean = Tail.Load<V, S>(m + i, rest), lastSquare = Tail.Load<V, S>(v + i, rest);
        Update<V, S>(ref lastWeight, Tail.Load<V, S>(g + i, rest), ref lastMean, ref lastSquare);
        Tail.Store<V, S>(lastWeight, w + i, rest);
        Tail.Store<V, S>(lastMean, m + i, rest);
        Tail.Store<V, S>(lastSquare, v + i, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update<V, S>(ref V weight, V gradient, ref V mean, ref V square)
        where V : struct
        where S : struct, ISimd<V>
    {
        mean = S.MultiplyAdd(S.Subtract(gradient, mean), S.Broadcast(step.MeanShare), mean);
        V scaled = S.Multiply(square, S.Broadcast(step.SquareDecay));
        square = S.MultiplyAdd(S.Multiply(gradient, gradient), S.Broadcast(step.SquareShare), scaled);
        V denominator = S.Add(S.Divide(S.Sqrt(square), S.Broadcast(step.SquareCorrection)), S.Broadcast(step.Epsilon));
        weight = S.MultiplyAdd(S.Broadcast(-step.StepSize), S.Divide(mean, denominator), weight);
    }
}

/// <summary>The numbers of one step of Adam, worked out in float64 and rounded once.</summary>
/// <param name="StepSize">lr / (1 − β₁ᵗ).</param>
/// <param name="MeanShare">1 − β₁.</param>
/// <param name="SquareDecay">β₂.</param>
/// <param name="SquareShare">1 − β₂.</param>
/// <param name="SquareCorrection">√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamStep(
    float StepSize, float MeanShare, float SquareDecay, float SquareShare, float SquareCorrection, float Epsilon)
{
    /// <summary>Step number t, counted from 1.</summary>
    public static AdamStep At(long t, double learningRate, double beta1, double beta2, double epsilon) => new(
        (float)(learningRate / (1 - Math.Pow(beta1, t))),
        (float)(1 - beta1),
        (float)beta2,
        (float)(1 - beta2),
        (float)Math.Sqrt(1 - Math.Pow(beta2, t)),
        (float)epsilon);
}
