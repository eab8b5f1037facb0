namespace Zssr.Tests.Architecture;

/// <summary>Which folder uses which is what <see cref="AllowedArrows"/> lists, without circles, and docs/architecture.md draws it.</summary>
[TestFixture]
[RunsApart]
public sealed class ArchitectureTests
{
    public static IEnumerable<string> Projects => AllowedArrows.ByProject.Keys;

    [TestCaseSource(nameof(Projects))]
    public void Folders_use_only_what_the_list_allows(string project)
    {
        HashSet<FolderArrow> allowed = [.. AllowedArrows.Of(project)];
        SortedDictionary<FolderArrow, string> used = FolderArrows.Of(project);

        Assert.Multiple(() =>
        {
            Assert.That(
                used.Where(arrow => !allowed.Contains(arrow.Key)).Select(arrow => $"{arrow.Key} ({arrow.Value})"), Is.Empty,
                "arrows that the list does not have: put the code where it needs none, or add them");
            Assert.That(allowed.Where(arrow => !used.ContainsKey(arrow)), Is.Empty, "arrows that no code needs any more: remove them");
        });
    }

    [TestCaseSource(nameof(Projects))]
    public void Folders_form_no_circle(string project) => Assert.That(
        Circles.Of(AllowedArrows.Of(project)).Select(circle => string.Join(" <-> ", circle)),
        Is.EqualTo(project == "Zssr.Tensor" ? new[] { "Devices <-> Tensors" } : []),
        "a tensor knows the device that it lies on, and a device makes tensors; nothing else may need each other");

    [TestCaseSource(nameof(Projects))]
    public void The_page_draws_the_list(string project)
    {
        FolderArrow[] expected = [.. Drawing.Reduce(AllowedArrows.Of(project))];
        foreach (FolderArrow arrow in expected)
            TestContext.Out.WriteLine($"    {arrow.From} --> {arrow.To}");
        Assert.That(Drawing.Of(project).Order(), Is.EqualTo(expected), "the arrows above, under the project's heading");
    }
}
