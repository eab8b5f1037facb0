using Zssr.Tests.Devices;

namespace Zssr.Tests.App.Runs;

/// <summary>Two programs on one device.</summary>
[TestFixture]
public sealed class UpscaleTogetherTests : UpscaleFixture
{
    [Test]
    public void Two_programs_on_one_device_give_what_each_gives_alone(
        [ValueSource(nameof(Devices))] TestDevice device)
    {
        string name = device.Find(OpenDevices.Found)!.Value.ToString();
        MakeImage("a.png");
        MakeImage("b.png", 22, 18);
        foreach (string input in new[] { "a", "b" })
            Assert.That(Zssr(Args(input, "alone", name)).Exit, Is.Zero);

        using ZssrProcess first = Start(Args("a", "together", name)), second = Start(Args("b", "together", name));
        ProcessResult[] ended = [first.Wait(), second.Wait()];

        Assert.That(ended.Select(result => result.Exit), Is.All.Zero, ended[0].Error + ended[1].Error);
        foreach (string input in new[] { "a", "b" })
            Assert.That(Bytes($"{input}-together.png"), Is.EqualTo(Bytes($"{input}-alone.png")), input);
    }

    private static TestDevice[] Devices() => [TestDevice.Cpu, TestDevice.Pocl];

    private static string[] Args(string input, string suffix, string device) =>
    [
        "upscale", $"{input}.png", "-o", $"{input}-{suffix}.png", "--width", "8", "--depth", "3", "--passes", "1", "--iterations", "24",
        "--device", device,
    ];
}
