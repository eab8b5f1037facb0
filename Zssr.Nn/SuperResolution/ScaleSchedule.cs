namespace Zssr.Nn;

/// <summary>
/// The enlargements by which a run reaches its scale. Small steps let a network learn from the results of earlier ones, which have more
/// detail than the image itself (Shocher, Cohen and Irani 2018, section 3.3).
/// </summary>
public static class ScaleSchedule
{
    private const double LargestLevelStep = 0.5;

    /// <summary>
    /// The stages of the settings' scales. Each scale of the list starts from the result of the one before ("base change"). A gradual
    /// scale first goes through smaller ones. Scales above the largest jump, or above 2 where steps are gradual, are cut into equal factors
    /// with a base change after each. With several passes the last step to a scale is repeated.
    /// </summary>
    public static IReadOnlyList<ScaleStage> Of(ZssrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var stages = new List<ScaleStage>();
        Scale reached = Scale.One;
        foreach (Scale scale in settings.Scales)
        {
            foreach (Scale factor in ScaleJumps.Of(settings, scale))
            {
                List<Scale> steps = settings.Gradual ? GradualPairs(factor) : [factor];
                Scale[] pairs = [.. steps, .. Enumerable.Repeat(steps[^1], settings.Passes - 1)];
                for (int i = 0; i < pairs.Length; i++)
                {
                    bool isLast = i == pairs.Length - 1;
                    int rounds = settings.Gradual
                        ? GradualBackProjections(pairs[i], steps, settings.Inference.BackProjections) : settings.Inference.BackProjections;
                    stages.Add(new ScaleStage(pairs[i], reached * pairs[i], rounds, BecomesBase: isLast));
                }

                reached *= factor;
            }
        }

        return stages;
    }

    /// <summary>Throws where the settings reach their scale in several jumps, for none of which a given blur kernel would be right.</summary>
    /// <exception cref="SettingsException">They do; the message says which settings make it one jump.</exception>
    public static void RequireOneJump(ZssrSettings settings)
    {
        int jumps = Of(settings).Select(stage => stage.FromInput).Distinct().Count();
        SettingsCheck.Require(
            jumps == 1,
            $"kernel: it describes how an image of the final size became the given one, but the settings take {jumps} jumps. "
            + $"Give one --scale, --gradual off, and --largest-jump {ZssrSettings.LargestScale}.");
    }

    /// <summary>
    /// The pairs on the way to a scale: with levels 1 = l₀ &lt; l₁ &lt; … of at most ½ from one to the next, each level is reached by rows
    /// or columns alone first: (lᵢ₋₁, lᵢ), (lᵢ, lᵢ₋₁), (lᵢ, lᵢ). For 2 these are the paper's (1, 1.5), (1.5, 1), (1.5, 1.5), (1.5, 2),
    /// (2, 1.5), (2, 2).
    /// </summary>
    private static List<Scale> GradualPairs(Scale scale)
    {
        double halves = (Math.Max(scale.Vertical, scale.Horizontal) - 1) / LargestLevelStep;
        int levels = Math.Max((int)Math.Ceiling(halves - 1e-9), 1);
        double Level(double target, int i) => i == levels ? target : 1 + (target - 1) * i / levels;
        var pairs = new List<Scale>();
        for (int i = 1; i <= levels; i++)
        {
            Scale before = new(Level(scale.Vertical, i - 1), Level(scale.Horizontal, i - 1));
            Scale after = new(Level(scale.Vertical, i), Level(scale.Horizontal, i));
            Scale[] steps = [new(before.Vertical, after.Horizontal), new(after.Vertical, before.Horizontal), after];
            // Where one side does not grow, some of the three are the same or no step at all.
            pairs.AddRange(steps.Distinct().Where(step => step != before && !pairs.Contains(step)));
        }

        return pairs;
    }

    /// <summary>
    /// Rounds grow with the scale's mean along the pairs, from 0.6 to 1.2 times the setting, in whole even numbers: 6, 6, 8, 10, 10, 12 for
    /// the setting 10 and the pairs of scale 2, as in the paper.
    /// </summary>
    private static int GradualBackProjections(Scale pair, List<Scale> pairs, int setting)
    {
        (double first, double last) = (pairs[0].Mean, pairs[^1].Mean);
        double share = last > first ? (pair.Mean - first) / (last - first) : 1;
        return 2 * (int)Math.Round(setting * (0.6 + 0.6 * share) / 2);
    }
}
