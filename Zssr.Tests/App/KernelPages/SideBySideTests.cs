using Zssr.App.KernelPages;

namespace Zssr.Tests.App.KernelPages;

public class SideBySideTests
{
    private static readonly (string, string) Left = ("left", "a\n    b\nc"), Right = ("right", "1\n\t2\n3\n4");

    [Test]
    public void On_a_wide_terminal_two_texts_share_its_lines()
    {
        string[] lines = [.. SideBySide.Lay(160, Left, Right)];
        Assert.That(lines.Select(line => line.Replace('─', ' ').TrimEnd()), Is.EqualTo(new[]
        {
            "left  │ right",
            "      │",
            "a     │ 1",
            "    b │     2",
            "c     │ 3",
            "      │ 4",
        }));
    }

    [TestCase(159)]
    [TestCase(80)]
    [TestCase(null)]
    public void Elsewhere_one_follows_the_other(int? width)
    {
        string[] lines = [.. SideBySide.Lay(width, Left, Right)];
        string[] words = [.. lines.Select(line => line.Trim('─', ' '))];
        Assert.That(words, Is.EqualTo(new[] { "left", "a", "b", "c", "", "right", "1", "2", "3", "4" }));
        Assert.That(lines[2], Is.EqualTo("    b"));
    }

    [TestCase(160)]
    [TestCase(201)]
    public void No_line_is_as_wide_as_the_terminal_and_no_word_is_lost(int width)
    {
        string words = string.Join(' ', Enumerable.Range(1000, 100));
        string[] lines = [.. SideBySide.Lay(width, ("C#", words), ("PTX", words))];
        Assert.That(lines.Max(line => line.Length), Is.EqualTo(width - 1).Within(5).And.LessThan(width));
        Assert.That(lines.Sum(line => line.Split(' ').Count(word => word.Length == 4 && word.All(char.IsDigit))), Is.EqualTo(200));
    }

    [Test]
    public void A_text_that_needs_little_leaves_its_room_to_the_other()
    {
        string wide = new('x', 120);
        string[] lines = [.. SideBySide.Lay(160, ("C#", wide), ("PTX", "ret;"))];
        Assert.That(lines, Has.Some.StartsWith(wide + " │ ret;"));
    }

    [Test]
    public void A_long_line_goes_on_below_a_little_further_in()
    {
        Assert.That(
            CodeLines.Wrap("    one two three four", 13), Is.EqualTo(new[] { "    one two", "      three", "      four" }),
            "no further than half of the width");
        Assert.That(
            CodeLines.Wrap("  aaaaaaaaaaaaaaaaaaaa", 16), Is.EqualTo(new[] { "  aaaaaaaaaaaaaa", "      aaaaaa" }),
            "a word too long is cut");
        Assert.That(CodeLines.Wrap("short", 16), Is.EqualTo(new[] { "short" }));
    }

    [Test]
    public void Tabs_become_blanks_up_to_the_next_stop() =>
        Assert.That(CodeLines.Of("\ta\nab\tc\n\n"), Is.EqualTo(new[] { "    a", "ab  c" }));

    [Test]
    public void A_hat_takes_no_room() => Assert.That(CodeLines.Pad("x\u0302", 4), Is.EqualTo("x\u0302   "));

    [TestCase("", "", 0)]
    [TestCase("conv", "", 4)]
    [TestCase("conv3d", "conv2d", 1)]
    [TestCase("convd", "conv2d", 1)]
    [TestCase("kitten", "sitting", 3)]
    public void Words_are_as_far_apart_as_edits_lead_from_one_to_the_other(string a, string b, int distance)
    {
        Assert.That(EditDistance.Between(a, b), Is.EqualTo(distance));
        Assert.That(EditDistance.Between(b, a), Is.EqualTo(distance));
    }
}
