namespace Zssr.Nn;

/// <summary>The jumps by which the settings' scales are reached, and by how much a sub-pixel network has to enlarge for them.</summary>
internal static class ScaleJumps
{
    private const double LargestGradualScale = 2;

    /// <summary>
    /// The equal factors of one scale of the list, none above the largest jump, or above 2 where steps are gradual. Their product is the
    /// scale.
    /// </summary>
    public static IEnumerable<Scale> Of(ZssrSettings settings, Scale scale)
    {
        double largest = settings.Gradual ? Math.Min(settings.LargestJump, LargestGradualScale) : settings.LargestJump;
        double factors = Math.Log(Math.Max(scale.Vertical, scale.Horizontal)) / Math.Log(largest);
        int count = Math.Max((int)Math.Ceiling(factors - 1e-9), 1);
        return Enumerable.Repeat(new Scale(Math.Pow(scale.Vertical, 1.0 / count), Math.Pow(scale.Horizontal, 1.0 / count)), count);
    }

    /// <summary>
    /// By how much the run's network enlarges itself: not at all, or, in the sub-pixel form, by the least whole numbers that are enough for
    /// every jump. What is too much for a jump is shrunk afterwards.
    /// </summary>
    public static WholeScale EnlargementOf(ZssrSettings settings) => settings.Network.Form != NetworkForm.SubPixel
        ? WholeScale.One
        : settings.Scales.SelectMany(scale => Of(settings, scale)).Select(WholeScale.AtLeast).Aggregate((a, b) => a.Max(b));
}
