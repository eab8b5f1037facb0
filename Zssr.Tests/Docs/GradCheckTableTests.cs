using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Autograd.Checking.Planted;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Docs;

/// <summary>The table of docs/gradcheck.md that compares checkers says what they find.</summary>
[TestFixture]
public sealed class GradCheckTableTests
{
    [Test]
    public void Each_row_says_what_the_checkers_find_and_none_is_missing()
    {
        string[] page = File.ReadAllLines(Path.Combine(Documentation.Root, "docs/gradcheck.md"));
        string[] expected =
            [.. ElementwisePlants.All.Concat(MatrixPlants.All).Where(plant => plant.Said.Length > 0).Select(Row)];
        string[] rows = [.. page.Where(line => line.Count(c => c == '|') == 7 && (line.Contains('✓') || line.Contains("| – |")))];
        Assert.That(rows, Is.EqualTo(expected), string.Join('\n', expected));
    }

    private static string Row(Plant plant)
    {
        string[] ours = [.. Enum.GetValues<GradCheckMode>().Select(mode => Mark(IsFound(plant, mode)))];
        return $"| {plant.Name} | {string.Join(" | ", ours)} | {Mark(PeerCheckers.PyTorchFinds(plant))} | {Mark(PeerCheckers.JaxFinds(plant))} |";
    }

    private static bool IsFound(Plant plant, GradCheckMode mode)
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        Tensor[] inputs = [.. plant.Inputs().Zip(plant.Shapes, (values, shape) => Tensor.From(device, shape, values))];
        GradCheckReport report = GradCheck.Run(v => plant.Apply(v), [.. inputs], new GradCheckOptions { Mode = mode });
        foreach (Tensor input in inputs)
            input.Dispose();
        return !report.Passed;
    }

    private static string Mark(bool isFound) => isFound ? "✓" : "–";
}
