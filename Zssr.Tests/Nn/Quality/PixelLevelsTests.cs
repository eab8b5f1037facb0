using Zssr.Nn;

namespace Zssr.Tests.Nn.Quality;

/// <summary>Values become whole numbers as MATLAB's uint8 does it, halves up, though float32 lies between.</summary>
public sealed class PixelLevelsTests
{
    [TestCase(255)]
    [TestCase(65535)]
    public void Every_level_comes_back_from_float32(int most)
    {
        for (int level = 0; level <= most; level++)
            Assert.That(PixelLevels.Of(level / (float)most, most), Is.EqualTo(level));
    }

    [TestCase(255)]
    [TestCase(65535)]
    public void Every_half_goes_up_and_what_lies_below_it_goes_down(int most)
    {
        for (int level = 0; level < most; level++)
        {
            float half = (float)((level + 0.5) / most);
            Assert.That(PixelLevels.Of(half, most), Is.EqualTo(level + 1), $"{level} and a half");
            Assert.That(PixelLevels.Of(MathF.BitDecrement(half), most), Is.EqualTo(level), $"just below {level} and a half");
        }
    }

    [Test]
    public void A_level_with_fractions_is_rounded_as_if_there_were_no_float32()
    {
        for (int level = 0; level < 255; level++)
        {
            double half = level + 0.5;
            Assert.That(PixelLevels.Of(PixelLevels.ToUnit(half)), Is.EqualTo(level + 1));
            Assert.That(PixelLevels.Of(PixelLevels.ToUnit(half - 1e-10)), Is.EqualTo(level), $"just below {half}");
            Assert.That(PixelLevels.Of(PixelLevels.ToUnit(half + 1e-10)), Is.EqualTo(level + 1), $"just above {half}");
        }

        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            double level = random.NextDouble() * 255;
            Assert.That(PixelLevels.Of(PixelLevels.ToUnit(level)), Is.EqualTo((int)Math.Floor(level + 0.5)));
            Assert.That(PixelLevels.ToUnit(level), Is.EqualTo((float)(level / 255)).Within(1).Ulps);
        }
    }

    [TestCase(-0.1f, 0)]
    [TestCase(float.NegativeInfinity, 0)]
    [TestCase(float.NaN, 0)]
    [TestCase(1.2f, 255)]
    [TestCase(float.PositiveInfinity, 255)]
    public void Values_outside_are_clamped(float value, int expected) => Assert.That(PixelLevels.Of(value), Is.EqualTo(expected));
}
