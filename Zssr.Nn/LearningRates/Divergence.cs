namespace Zssr.Nn;

/// <summary>A training that had diverged and went back.</summary>
/// <param name="FoundAt">After how many iterations it was noticed.</param>
/// <param name="BackTo">To the state after how many iterations it went back; what came after them is forgotten.</param>
public readonly record struct Divergence(int FoundAt, int BackTo)
{
    /// <summary>How often a training may go back; the next divergence ends it.</summary>
    public const int Most = 3;

    /// <summary>By how much the learning rate is multiplied each time.</summary>
    public const double RateFactor = 0.1;

    /// <summary>How many of the last losses are looked at.</summary>
    private const int LossesLookedAt = 10;

    /// <summary>How many times as large as the first one the last losses are when a training has diverged.</summary>
    private const double FarAbove = 10;

    /// <summary>
    /// Whether a training has diverged: one of the last ten losses is NaN or infinite; or their median is more than ten times the first of
    /// all, and more than the loss of one who answers to everything with gray.
    /// </summary>
    /// <remarks>The second limit is for images that are smooth where the first crop happened to lie: its loss is near 0.</remarks>
    /// <param name="losses">All losses of the training.</param>
    /// <param name="lossOfGray">The largest loss that the answer "gray" can have.</param>
    public static bool IsIn(IReadOnlyList<double> losses, double lossOfGray)
    {
        ArgumentNullException.ThrowIfNull(losses);
        double[] last = [.. losses.Skip(losses.Count - LossesLookedAt)];
        if (!Array.TrueForAll(last, double.IsFinite))
            return true;
        return last.Length == LossesLookedAt && last.Order().ElementAt(LossesLookedAt / 2) > Math.Max(FarAbove * losses[0], lossOfGray);
    }
}
