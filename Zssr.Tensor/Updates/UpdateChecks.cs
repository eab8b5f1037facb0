namespace Zssr.Tensors;

/// <summary>The check of an optimiser's numbers.</summary>
internal static class UpdateChecks
{
    /// <summary>The rule must hold; NaN breaks every rule that is written as a comparison.</summary>
    public static void Require<TNumber>(bool holds, string name, TNumber value, string rule)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, rule + ".");
    }
}
