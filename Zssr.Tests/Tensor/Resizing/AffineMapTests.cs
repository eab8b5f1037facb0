using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

[TestFixture]
public sealed class AffineMapTests
{
    private static readonly AffineMap Map = new(1.5, -0.25, 3, 0.5, 0.75, -7);

    [Test]
    public void A_map_is_its_formula() => AssertLeads(Map, (2, 4), (1.5 * 2 - 0.25 * 4 + 3, 0.5 * 2 + 0.75 * 4 - 7));

    [Test]
    public void Then_applies_this_first()
    {
        AssertLeads(AffineMap.Translate(1, 2).Then(AffineMap.Scale(10, 100)), (3, 4), (40, 600));
        AssertLeads(AffineMap.Scale(10, 100).Then(AffineMap.Translate(1, 2)), (3, 4), (31, 402));
        (double row, double column) = AffineMap.Shear(0.3, -2).Apply(5, 6);
        AssertLeads(AffineMap.Shear(0.3, -2).Then(Map), (5, 6), Map.Apply(row, column));
    }

    [Test]
    public void About_keeps_its_centre() => AssertLeads(AffineMap.Rotate(1).About(5, -3), (5, -3), (5, -3));

    [Test]
    public void The_inverse_leads_back()
    {
        (double row, double column) = Map.Apply(11, -5);
        AssertLeads(Map.Inverse(), (row, column), (11, -5));
        AssertLeads(Map.Then(Map.Inverse()), (11, -5), (11, -5));
    }

    [Test]
    public void A_map_to_a_line_has_no_inverse() =>
        Assert.That(() => new AffineMap(1, 2, 0, 2, 4, 0).Inverse(), Throws.InvalidOperationException.With.Message.Contains("determinant"));

    private static void AssertLeads(AffineMap map, (double Row, double Column) from, (double Row, double Column) to)
    {
        (double row, double column) = map.Apply(from.Row, from.Column);
        Assert.That(row, Is.EqualTo(to.Row).Within(1e-12));
        Assert.That(column, Is.EqualTo(to.Column).Within(1e-12));
    }
}
