using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

[TestFixture]
public sealed class DeviceNameTests
{
    [TestCase("cpu", "cpu")]
    [TestCase(" CPU ", "cpu")]
    [TestCase("opencl", "opencl:0")]
    [TestCase("OpenCL:12", "opencl:12")]
    [TestCase("cuda:1", "cuda:1")]
    public void Names_are_read_and_printed(string text, string expected)
    {
        Assert.That(DeviceName.TryParse(text, out DeviceName name), Is.True);
        Assert.That(name.ToString(), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("gpu")]
    [TestCase("cpu:0")]
    [TestCase("opencl:")]
    [TestCase("opencl:-1")]
    [TestCase("opencl:1.5")]
    [TestCase("cuda:1:2")]
    [TestCase("opencl:99999999999999999999")]
    public void Anything_else_is_not_a_name(string? text) => Assert.That(DeviceName.TryParse(text, out _), Is.False);

    [Test]
    public void A_wrong_name_lists_what_exists() =>
        Assert.That(
            () => Device.Open("gpu"),
            Throws.TypeOf<DeviceUnavailableException>().With.Message.Contains("'gpu'").And.Message.Contains("cpu ("));

    [TestCase("opencl:77")]
    [TestCase("cuda:77")]
    public void A_number_too_high_says_what_exists_or_what_to_install(string name) =>
        Assert.That(
            () => Device.Open(name),
            Throws.TypeOf<DeviceUnavailableException>().With.Message.Contains(name).And.Message.Match("This computer has|[Ii]nstall"));

    [Test]
    public void Options_that_cannot_be_meant_are_refused()
    {
        foreach (DeviceOptions options in new DeviceOptions[] { new() { Threads = -1 }, new() { VectorBits = 100 }, new() { SimulatedGroupSize = 3 } })
            Assert.That(() => Device.Open("cpu", options), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_catalogue_begins_with_the_processor_and_numbers_the_others_in_order()
    {
        Assert.That(OpenDevices.Found[0].Name, Is.EqualTo(DeviceName.Cpu));
        foreach (DeviceKind kind in new[] { DeviceKind.OpenCl, DeviceKind.Cuda })
        {
            int[] indices = [.. OpenDevices.Found.Where(d => d.Name.Kind == kind).Select(d => d.Name.Index)];
            Assert.That(indices, Is.EqualTo(Enumerable.Range(0, indices.Length)));
        }
    }
}
