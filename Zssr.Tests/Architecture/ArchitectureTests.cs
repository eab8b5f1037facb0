namespace Zssr.Tests.Architecture;

/// <summary>Which folder may use which: docs/architecture.md.</summary>
[TestFixture]
public sealed class ArchitectureTests
{
    public static readonly string[] Projects = ["Zssr.Tensor", "Zssr.Autograd", "Zssr.Nn", "Zssr.App"];

    [TestCaseSource(nameof(Projects))]
    public void Folders_form_no_circle(string project)
    {
        SortedDictionary<FolderArrow, string> arrows = FolderArrows.Of(project);
        foreach ((FolderArrow arrow, string place) in arrows)
            TestContext.Out.WriteLine($"{arrow}    ({place})");
        Assert.That(Circles.Of(arrows.Keys).Select(circle => string.Join(", ", circle)), Is.Empty);
    }
}
