using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>The options of the processor do what they say.</summary>
[TestFixture]
public sealed class DeviceOptionsTests
{
    private const string Variable = "ZSSR_PORTABLE";

    private string? _before;

    [SetUp]
    public void RememberEnvironment() => _before = Environment.GetEnvironmentVariable(Variable);

    [TearDown]
    public void RestoreEnvironment() => Environment.SetEnvironmentVariable(Variable, _before);

    [TestCase(null, false)]
    [TestCase("0", false)]
    [TestCase("1", true)]
    public void The_environment_can_ask_for_the_portable_kernels(string? value, bool isPortable)
    {
        Environment.SetEnvironmentVariable(Variable, value);
        using Device device = Device.Open("cpu");
        Assert.That(device.Options.Portable, Is.EqualTo(isPortable));
        Assert.That(device.Host is null, Is.EqualTo(isPortable), "the SIMD code is there unless the portable kernels were asked for");
    }

    [Test]
    public void The_environment_can_limit_the_memory_in_megabytes()
    {
        try
        {
            Environment.SetEnvironmentVariable("ZSSR_MEMORY_LIMIT", "12");
            Assert.That(DeviceOptions.FromEnvironment().MemoryLimit, Is.EqualTo(12_000_000));
            foreach (string wrong in new[] { "many", "-1", "0", "1.5", "99999999999" })
            {
                Environment.SetEnvironmentVariable("ZSSR_MEMORY_LIMIT", wrong);
                Assert.That(
                    DeviceOptions.FromEnvironment,
                    Throws.TypeOf<DeviceException>().With.Message.Contains($"ZSSR_MEMORY_LIMIT is '{wrong}'").And.Message.Contains("megabytes"));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("ZSSR_MEMORY_LIMIT", null);
        }
    }

    [Test]
    public void Threads_are_limited_and_the_result_is_right()
    {
        using Device device = Device.Open("cpu", new DeviceOptions { Threads = 1 });
        using Tensor x = Tensor.Full(device, [200_000], 0.5);
        using Tensor sum = Reduction.Sum(x);
        Assert.That(device.Host!.Threads, Is.EqualTo(1));
        Assert.That(sum.Item(), Is.EqualTo(100_000));
    }
}
