using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.Tests.App.Settings;

[TestFixture]
public sealed class ScaleTextTests
{
    [TestCase("2", 2, 2)]
    [TestCase("1.5", 1.5, 1.5)]
    [TestCase("2x3", 2, 3)]
    [TestCase("1X1.5", 1, 1.5)]
    [TestCase("2×16", 2, 16)]
    [TestCase("3/2", 1.5, 1.5)]
    [TestCase("7/4x2.5/2", 1.75, 1.25)]
    public void A_scale_is_one_number_or_vertical_x_horizontal(string text, double vertical, double horizontal)
    {
        Assert.That(ScaleText.TryParse(text, 1, out Scale scale, out string error), Is.True, error);
        Assert.That(scale, Is.EqualTo(new Scale(vertical, horizontal)));
    }

    [TestCase("0")]
    [TestCase("-2")]
    [TestCase("0.99")]
    [TestCase("16.01")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("1e1")]
    [TestCase("")]
    [TestCase("x")]
    [TestCase("2x")]
    [TestCase("twice")]
    [TestCase("2/3")]
    [TestCase("3/2/1")]
    [TestCase("3/")]
    [TestCase("3/-2")]
    [TestCase("3/0")]
    public void What_is_no_scale_is_told_with_the_range(string text)
    {
        Assert.That(ScaleText.TryParse(text, 1, out _, out string error), Is.False);
        Assert.That(error, Does.Contain($"'{text}'").And.Contain("from 1 to 16"));
    }

    [TestCase("1,5", "point")]
    [TestCase("2x3x4", "more than two")]
    public void Common_slips_are_told_by_what_they_are(string text, string part)
    {
        Assert.That(ScaleText.TryParse(text, 1, out _, out string error), Is.False);
        Assert.That(error, Does.Contain(part));
    }

    [Test]
    public void The_smallest_scale_can_be_less_than_1()
    {
        Assert.That(ScaleText.TryParse("0.0625", 1.0 / 16, out Scale scale, out _), Is.True);
        Assert.That(scale.Vertical, Is.EqualTo(0.0625));
        Assert.That(ScaleText.TryParse("0.06", 1.0 / 16, out _, out string error), Is.False);
        Assert.That(error, Does.Contain("from 0.0625 to 16"));
    }

    [Test]
    public void A_list_has_commas_between()
    {
        Assert.That(ScaleText.ParseList("2, 1x1.5,2"), Is.EqualTo(new Scale[] { new(2, 2), new(1, 1.5), new(2, 2) }));
        Assert.That(() => ScaleText.ParseList("2,,2"), Throws.TypeOf<FormatException>());
        Assert.That(() => ScaleText.ParseList(""), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void A_scale_prints_as_it_is_written() =>
        Assert.That($"{new Scale(1.5, 1.5)} {new Scale(2, 3)}", Is.EqualTo("1.5 2x3"));
}
