namespace Zssr.Tests.Architecture;

/// <summary>The tools of this folder, on drawings whose answer is plain.</summary>
[TestFixture]
[RunsApart]
public sealed class CirclesTests
{
    private static readonly FolderArrow[] Chain = [new("a", "b"), new("b", "c"), new("a", "c")];

    [Test]
    public void A_chain_is_no_circle() => Assert.That(Circles.Of(Chain), Is.Empty);

    [Test]
    public void A_circle_is_told_with_all_its_folders_and_no_others() =>
        Assert.That(Circles.Of([.. Chain, new("c", "a"), new("c", "d"), new("e", "a")]), Is.EqualTo(new[] { new[] { "a", "b", "c" } }));

    [Test]
    public void Two_circles_are_two() =>
        Assert.That(
            Circles.Of([new("a", "b"), new("b", "a"), new("b", "c"), new("c", "d"), new("d", "c")]),
            Is.EqualTo(new[] { new[] { "a", "b" }, ["c", "d"] }));

    [Test]
    public void A_drawing_leaves_out_what_others_lead_to() =>
        Assert.That(Drawing.Reduce(Chain), Is.EqualTo(new FolderArrow[] { new("a", "b"), new("b", "c") }));

    [Test]
    public void A_drawing_keeps_both_arrows_of_a_pair_and_one_way_to_it() =>
        Assert.That(
            Drawing.Reduce([new("a", "b"), new("b", "a"), new("x", "a"), new("x", "b")]),
            Is.EqualTo(new FolderArrow[] { new("a", "b"), new("b", "a"), new("x", "b") }));

    [Test]
    public void The_source_of_a_project_is_read_by_names_constructions_and_operators()
    {
        // Facts of the projects that will hold as long as there are tensors: one for each kind of use.
        SortedDictionary<FolderArrow, string> arrows = FolderArrows.Of("Zssr.Tensor");
        Assert.That(arrows, Does.ContainKey(new FolderArrow("Tensors", "Devices")), "a tensor names its device");
        Assert.That(arrows.Keys.Where(arrow => arrow.To == "Elementwise" && arrow.From == "Host"), Is.Empty);
    }
}
