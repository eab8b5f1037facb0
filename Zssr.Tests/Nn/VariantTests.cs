using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Nn;

public sealed class VariantTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void The_twelve_variants_are_the_golden_ones_and_are_undone()
    {
        var golden = GoldenFile.Open("augment");
        using Tensor image = Layout.FromNchw(Device, Shape.Create(golden.Shape("image")), golden.Floats("image"));
        string[] names = [.. from degrees in new[] { 0, 90, 180, 270 }
                             from mirroring in new[] { "none", "horizontal", "vertical" }
                             select $"rot{degrees}_{mirroring}"];

        Assert.That(Variant.Twelve, Has.Count.EqualTo(12));
        foreach ((Variant variant, string name) in Variant.Twelve.Zip(names))
        {
            using Tensor applied = variant.Apply(image), undone = variant.Undo(applied);
            Assert.That(Layout.ToNchw(applied), Is.EqualTo(golden.Floats(name)), name);
            Assert.That(undone.Shape, Is.EqualTo(image.Shape), name);
            Assert.That(undone.ToArray(), Is.EqualTo(image.ToArray()), name);
        }
    }

    [Test]
    public void The_eight_variants_differ_and_are_all_that_the_twelve_show()
    {
        using Tensor image = PlainImages.Noise(4, 4, 1, seed: 1).On(Device);
        Assert.That(Seen(Variant.Eight), Is.Unique.And.EquivalentTo(Seen(Variant.Twelve).Distinct()));
        Assert.That(Variant.Eight[0], Is.EqualTo(Variant.Identity));

        string[] Seen(IReadOnlyList<Variant> variants) => [.. variants.Select(variant =>
        {
            using Tensor applied = variant.Apply(image);
            return string.Join(' ', applied.ToArray());
        })];
    }

    [Test]
    public void Ensembles_have_one_eight_or_twelve_copies()
    {
        Assert.That(new[] { 1, 8, 12 }.Select(count => TurnedCopies.Variants(count).Count), Is.EqualTo(new[] { 1, 8, 12 }));
        Assert.That(() => TurnedCopies.Variants(4), Throws.TypeOf<SettingsException>().With.Message.Contains("1, 8 or 12"));
    }
}
