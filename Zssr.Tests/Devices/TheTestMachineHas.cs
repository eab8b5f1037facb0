namespace Zssr.Tests.Devices;

/// <summary>What the full test matrix needs of the machine; each is skipped, or fails where devices are required.</summary>
public class TheTestMachineHas
{
    [Test]
    public void An_OpenCL_device_with_float64()
    {
        if (!BareOpenCl.Devices().Any(device => device.HasFloat64))
            Requirement.Missing("an OpenCL device with float64", "On Debian: apt install pocl-opencl-icd.");
    }

    [Test]
    public void Rusticl_an_OpenCL_device_without_float64()
    {
        if (!BareOpenCl.Devices().Any(device => IsRusticl(device.Name) && !device.HasFloat64))
            Requirement.Missing("Mesa's OpenCL device rusticl", "On Debian: apt install mesa-opencl-icd, with RUSTICL_ENABLE=llvmpipe.");
    }

    private static bool IsRusticl(string name) => name.Contains("rusticl", StringComparison.OrdinalIgnoreCase);
}
