using Zssr.App.Devices;
using Zssr.Tensors;

namespace Zssr.Tests.App.Devices;

[TestFixture]
public sealed class SelfTestFileTests : FolderFixture
{
    private string PathOfFile => Path.Combine(At("deeper"), "selftest.json");

    [Test]
    public void A_verdict_is_kept_from_one_program_run_to_the_next()
    {
        using Device device = Device.Open("cpu");
        Assert.That(new SelfTestFile(PathOfFile).HasPassed(device), Is.False);
        new SelfTestFile(PathOfFile).Remember(device);
        Assert.That(new SelfTestFile(PathOfFile).HasPassed(device), Is.True);
    }

    [Test]
    public void A_verdict_counts_only_for_the_way_the_device_was_opened()
    {
        using Device device = Device.Open("cpu"), portable = Device.Open("cpu", new DeviceOptions { Portable = true });
        new SelfTestFile(PathOfFile).Remember(device);
        Assert.That(new SelfTestFile(PathOfFile).HasPassed(portable), Is.False);
    }

    [Test]
    public void A_damaged_file_means_that_nothing_is_known_and_is_replaced()
    {
        using Device device = Device.Open("cpu");
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfFile)!);
        File.WriteAllText(PathOfFile, "[\"cpu");
        var file = new SelfTestFile(PathOfFile);
        Assert.That(file.HasPassed(device), Is.False);
        file.Remember(device);
        Assert.That(file.HasPassed(device), Is.True);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(PathOfFile)!), Has.Length.EqualTo(1), "no temporary file is left");
    }
}
