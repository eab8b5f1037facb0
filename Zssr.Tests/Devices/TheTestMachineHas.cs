namespace Zssr.Tests.Devices;

/// <summary>What the machine has is what the tests think it has.</summary>
public class TheTestMachineHas
{
    [Test]
    [Needs(Need.Pocl)]
    public void An_OpenCL_device_with_float64() => Assert.That(BareOpenCl.Devices().Any(device => device.HasFloat64), Is.True);

    [Test]
    [Needs(Need.Rusticl)]
    public void Rusticl_an_OpenCL_device_without_float64() =>
        Assert.That(BareOpenCl.Devices().Any(device => IsRusticl(device.Name) && !device.HasFloat64), Is.True);

    /// <summary>A run that is meant to find nothing but .NET (<c>ZSSR_EXPECT_BARE=1</c>) must not find more unnoticed.</summary>
    [Test]
    public void Nothing_where_nothing_is_expected()
    {
        bool isBare = Environment.GetEnvironmentVariable("ZSSR_EXPECT_BARE") == "1";
        IEnumerable<string> found = new[] { Need.Pocl, Need.Rusticl, Need.Oclgrind, Need.Ptxas, Need.Chromium }
            .Select(Requirement.Of).Where(requirement => requirement.IsHere()).Select(requirement => requirement.What)
            .Concat(BareOpenCl.Devices().Select(device => device.Name))
            .Concat(OpenDevices.Found.Skip(1).Select(device => device.Name.ToString()));

        Assert.That(found, isBare ? Is.Empty : Is.Not.Null);
    }

    private static bool IsRusticl(string name) => name.Contains("rusticl", StringComparison.OrdinalIgnoreCase);
}
