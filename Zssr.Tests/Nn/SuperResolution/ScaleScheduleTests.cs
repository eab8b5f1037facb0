using Zssr.Nn;

namespace Zssr.Tests.Nn.SuperResolution;

public sealed class ScaleScheduleTests
{
    /// <summary>The paper's pairs for 2 and their back-projections.</summary>
    private static readonly (Scale Scale, int Rounds)[] PaperForTwo =
    [
        (new(1, 1.5), 6), (new(1.5, 1), 6), (new(1.5, 1.5), 8), (new(1.5, 2), 10), (new(2, 1.5), 10), (new(2, 2), 12),
    ];

    [Test]
    public void A_single_jump_is_one_stage_for_each_scale_with_the_settings_rounds()
    {
        ScaleStage[] stages = Stages(gradual: false, new Scale(2), new Scale(2, 3));
        Assert.That(stages, Is.EqualTo(new ScaleStage[]
        {
            new(new(2), new(2), 10, BecomesBase: true), new(new(2, 3), new(4, 6), 10, BecomesBase: true),
        }));
    }

    [Test]
    public void Gradually_to_two_goes_by_the_papers_pairs()
    {
        ScaleStage[] stages = Stages(gradual: true, new Scale(2));
        Assert.That(stages.Select(stage => (stage.FromBase, stage.BackProjections)), Is.EqualTo(PaperForTwo));
        Assert.That(stages.Select(stage => stage.FromInput), Is.EqualTo(stages.Select(stage => stage.FromBase)));
        Assert.That(stages.Select(stage => stage.BecomesBase), Is.EqualTo(new[] { false, false, false, false, false, true }));
    }

    [Test]
    public void Gradually_to_four_goes_twice_to_two_with_a_base_change_between()
    {
        ScaleStage[] stages = Stages(gradual: true, new Scale(4));
        List<(Scale, int)> twice = [.. PaperForTwo, .. PaperForTwo];
        Assert.That(stages.Select(stage => (stage.FromBase, stage.BackProjections)), Is.EqualTo(twice));
        Assert.That(stages[6].FromInput, Is.EqualTo(new Scale(2, 3)));
        Assert.That(stages[11].FromInput, Is.EqualTo(new Scale(4)));
        Assert.That(stages.Count(stage => stage.BecomesBase), Is.EqualTo(2));
    }

    [Test]
    public void Gradually_to_one_and_a_half_takes_three_pairs() => Assert.That(
        Stages(gradual: true, new Scale(1.5)).Select(stage => stage.FromBase),
        Is.EqualTo(new Scale[] { new(1, 1.5), new(1.5, 1), new(1.5, 1.5) }));

    [Test]
    public void A_side_that_does_not_grow_takes_no_steps() => Assert.That(
        Stages(gradual: true, new Scale(1, 2)).Select(stage => stage.FromBase), Is.EqualTo(new Scale[] { new(1, 1.5), new(1, 2) }));

    [TestCase(3, 3)]
    [TestCase(2, 3)]
    [TestCase(4, 1.5)]
    [TestCase(8, 8)]
    [TestCase(5, 2.5)]
    [TestCase(1.0000000001, 1)]
    public void Gradual_steps_are_small_and_end_exactly_at_the_scale(double vertical, double horizontal)
    {
        ScaleStage[] stages = Stages(gradual: true, new Scale(vertical, horizontal));

        Assert.That(stages[^1].FromInput.Vertical, Is.EqualTo(vertical).Within(1e-12).Percent);
        Assert.That(stages[^1].FromInput.Horizontal, Is.EqualTo(horizontal).Within(1e-12).Percent);
        Assert.That(stages[^1].BecomesBase, Is.True);
        Assert.That(stages.Max(stage => Math.Max(stage.FromBase.Vertical, stage.FromBase.Horizontal)), Is.LessThanOrEqualTo(2 + 1e-9));
        Scale before = Scale.One;
        foreach (ScaleStage stage in stages)
        {
            Assert.That(stage.FromBase.Vertical - before.Vertical, Is.LessThan(0.5001));
            Assert.That(stage.FromBase.Horizontal - before.Horizontal, Is.LessThan(0.5001));
            before = stage.BecomesBase ? Scale.One : stage.FromBase;
        }
    }

    [TestCase(5, 7, 1.5, 1.5, 8, 11)]
    [TestCase(5, 7, 2, 3, 10, 21)]
    [TestCase(30, 30, 1.1, 1, 33, 30)]
    public void Sizes_are_rounded_up_where_scales_are_fractions(
        int height, int width, double vertical, double horizontal, int rows, int columns) =>
        Assert.That(new Scale(vertical, horizontal).SizeOf(height, width), Is.EqualTo((rows, columns)));

    [Test]
    public void Whole_scales_give_whole_multiples_though_their_factors_are_roots([Values(3, 5, 6, 7, 8)] int scale)
    {
        Scale reached = Stages(gradual: true, new Scale(scale))[^1].FromInput;
        foreach (int n in new[] { 4, 33, 101, 1000 })
            Assert.That(reached.SizeOf(n, n), Is.EqualTo((scale * n, scale * n)));
    }

    [Test]
    public void A_scale_is_written_as_one_number_or_two()
    {
        Assert.That(new Scale(2).ToString(), Is.EqualTo("2"));
        Assert.That(new Scale(2, 1.5).ToString(), Is.EqualTo("2x1.5"));
        Assert.That(new Scale(2, 8).Mean, Is.EqualTo(4));
        Assert.That(new Scale(2, 3) * new Scale(3, 0.5) / new Scale(6, 3), Is.EqualTo(new Scale(1, 0.5)));
    }

    [Test]
    public void Scales_above_the_largest_jump_are_cut_into_equal_factors()
    {
        ZssrSettings settings = ZssrPresets.Paper with { LargestJump = 2 };

        Assert.That(FromBase(new Scale(2, 1.5)), Is.EqualTo(new[] { new Scale(2, 1.5) }));
        Assert.That(FromBase(new Scale(4)), Is.EqualTo(new[] { new Scale(2), new Scale(2) }));
        Assert.That(FromBase(new Scale(3)).Select(scale => scale.Vertical), Is.EqualTo(new[] { Math.Sqrt(3), Math.Sqrt(3) }).Within(1e-12));
        Assert.That(ScaleSchedule.Of(settings with { Scales = [new Scale(4)] }).Select(stage => stage.BecomesBase), Is.All.True);

        IEnumerable<Scale> FromBase(Scale scale) => ScaleSchedule.Of(settings with { Scales = [scale] }).Select(stage => stage.FromBase);
    }

    [Test]
    public void Every_pass_reaches_the_scale_and_the_last_one_becomes_the_base()
    {
        ScaleStage[] stages = [.. ScaleSchedule.Of(ZssrPresets.Paper with { Scales = [new Scale(2), new Scale(1.5)], Passes = 3 })];

        Assert.That(stages.Select(stage => stage.FromBase.Vertical), Is.EqualTo(new[] { 2, 2, 2, 1.5, 1.5, 1.5 }));
        Assert.That(stages.Select(stage => stage.FromInput.Vertical), Is.EqualTo(new[] { 2.0, 2, 2, 3, 3, 3 }));
        Assert.That(stages.Select(stage => stage.BecomesBase), Is.EqualTo(new[] { false, false, true, false, false, true }));
        Assert.That(stages.Select(stage => stage.BackProjections), Is.All.EqualTo(10));
    }

    [Test]
    public void Gradual_passes_repeat_the_last_step_alone()
    {
        ScaleStage[] stages = [.. ScaleSchedule.Of(ZssrPresets.PaperGradual with { Passes = 2 })];

        Assert.That(stages.Select(stage => stage.BackProjections), Is.EqualTo(new[] { 6, 6, 8, 10, 10, 12, 12 }));
        Assert.That(stages.Select(stage => stage.BecomesBase), Is.EqualTo(new[] { false, false, false, false, false, false, true }));
        Assert.That(stages[^2].FromBase, Is.EqualTo(new Scale(2)));
    }

    private static ScaleStage[] Stages(bool gradual, params Scale[] scales) =>
        [.. ScaleSchedule.Of(ZssrPresets.Paper with { Scales = scales, Gradual = gradual })];
}
