using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>Mirror padding, against hand-written rows.</summary>
public sealed class MirrorPadTests
{
    [TestCase(MirrorMode.Symmetric, 2, 1, "ba abc c")]
    [TestCase(MirrorMode.Reflect, 2, 1, "cb abc b")]
    [TestCase(MirrorMode.Symmetric, 7, 8, "a abccba abc cbaabc cb")]
    [TestCase(MirrorMode.Reflect, 6, 7, "cb abcb abc babc bab")]
    [TestCase(MirrorMode.Symmetric, 0, 0, "abc")]
    public void Continues_the_axis_by_its_mirror_image(MirrorMode mode, int before, int after, string expected)
    {
        var axis = ResizeAxis.MirrorPad(3, before, after, mode);

        string padded = string.Concat(axis.Indices.Select(index => "abc"[index]));

        Assert.That(padded, Is.EqualTo(expected.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Test]
    public void Repeats_a_single_pixel([Values] MirrorMode mode) =>
        Assert.That(Tables.Apply(ResizeAxis.MirrorPad(1, 2, 2, mode), [7]), Is.All.EqualTo(7));

    [TestCase(0, 1, 1)]
    [TestCase(3, -1, 1)]
    [TestCase(3, 1, -1)]
    [TestCase(3, int.MaxValue, int.MaxValue)]
    public void Refuses_sizes_that_make_no_axis(int n, int before, int after) =>
        Assert.That(() => ResizeAxis.MirrorPad(n, before, after), Throws.TypeOf<ShapeException>().With.Message.Contains("mirror pad"));

    [Test]
    public void Refuses_an_unknown_mode() =>
        Assert.That(() => ResizeAxis.MirrorPad(3, 1, 1, (MirrorMode)5), Throws.TypeOf<ArgumentOutOfRangeException>());
}
