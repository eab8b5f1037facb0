using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>
/// Pictures in which there is little or nothing to learn: the large rates of the short recipes must neither end in an error nor add what
/// is not there.
/// </summary>
public sealed class PlainPictureTests
{
    private const double Level = 1.0 / 255;

    private static readonly Dictionary<string, Func<int, int, double>> Pictures = new()
    {
        ["black"] = (_, _) => 0,
        ["white"] = (_, _) => 1,
        ["gray"] = (_, _) => 200 * Level,
        ["slow stairs"] = (_, j) => Math.Floor(120 + j / 12.0) * Level,
        ["ramp"] = (i, j) => (2 * i + 3 * j) * Level,
    };

    private static IEnumerable<string> Names => Pictures.Keys;

    [TestCaseSource(nameof(Names))]
    public void The_short_recipe_leaves_it_as_it_is(string name)
    {
        Image small = PlainImages.Of(24, 36, 3, (i, j, _) => Pictures[name](i, j));
        using Tensor image = small.On(SmallRuns.Cpu);
        using Tensor large = new SuperResolver(ZssrPresets.Fast with { Passes = 1, Pairs = ZssrPresets.Fast.Pairs with { CropSize = 32 } })
            .Upscale(image);
        Image bicubic = small.ImResized(2, 2, 48, 72).Clamped(1), result = large.Plain();
        for (int i = 8; i < 40; i++)
        {
            for (int j = 8; j < 64; j++)
                Assert.That(result[i, j, 0], Is.EqualTo(bicubic[i, j, 0]).Within(1.01 * Level), $"{i}, {j}");
        }
    }
}
