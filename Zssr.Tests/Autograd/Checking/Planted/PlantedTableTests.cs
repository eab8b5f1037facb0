using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>The table of planted mistakes in docs/gradcheck.md, in every mode: each is caught and named, and what is right passes.</summary>
[TestFixture]
public sealed class PlantedTableTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    private static IEnumerable<TestCaseData> Cases =>
        from plant in ElementwisePlants.All.Concat(MatrixPlants.All)
        from mode in Enum.GetValues<GradCheckMode>()
        select new TestCaseData(plant, mode).SetArgDisplayNames(plant.Name, mode.ToString());

    [TestCaseSource(nameof(Cases))]
    public void A_planted_mistake_is_caught_and_named(object planted, GradCheckMode mode)
    {
        var plant = (Plant)planted;
        Tensor[] inputs = [.. plant.Inputs().Zip(plant.Shapes, (values, shape) => Tensor.From(Device, shape, values))];
        try
        {
            GradCheckReport report = GradCheck.Run(
                v => plant.Apply(v), [.. inputs], new GradCheckOptions { Mode = mode, Samples = plant.IsRare ? 400 : 100 });
            Assert.That(report.Passed, Is.EqualTo(plant.Said.Length == 0), report.ToString());
            Assert.That(report.ToString(), Does.Contain(plant.Said));
        }
        finally
        {
            foreach (Tensor input in inputs)
                input.Dispose();
        }
    }
}
