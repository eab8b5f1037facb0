using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Zssr.Tensors;

namespace Zssr.Tests.Devices;

/// <summary>A device or tool that is missing is met before a test begins, never within it.</summary>
public sealed class RequirementTests
{
    private static readonly TestDevice Missing = new("a GPU", _ => null, new(), "Buy one.");

    [Test]
    public void A_missing_device_skips_each_test_of_its_fixture_and_says_how_to_get_it()
    {
        TestFixture fixture = Fixture(Missing);

        NeedsAreDecidedFirstAttribute.Decide(fixture, isStrict: false);

        Assert.That(fixture.RunState, Is.EqualTo(RunState.Ignored));
        Assert.That(fixture.Properties.Get(PropertyNames.SkipReason), Is.EqualTo("a GPU was not found on this machine. Buy one."));
    }

    [Test]
    public void A_missing_device_fails_the_tests_where_devices_are_required()
    {
        TestFixture fixture = Fixture(Missing);

        NeedsAreDecidedFirstAttribute.Decide(fixture, isStrict: true);

        Assert.That(fixture.RunState, Is.EqualTo(RunState.NotRunnable));
        Assert.That(fixture.Properties.Get(PropertyNames.SkipReason), Does.Contain("a GPU was not found").And.Contain("ZSSR_REQUIRE_DEVICES=1"));
    }

    [Test]
    public void A_device_that_is_there_lets_the_fixture_run()
    {
        TestFixture fixture = Fixture(TestDevice.Cpu);

        NeedsAreDecidedFirstAttribute.Decide(fixture, isStrict: true);

        Assert.That(fixture.RunState, Is.EqualTo(RunState.Runnable));
    }

    [Test]
    public void A_test_cannot_take_a_device_that_may_be_missing_without_saying_so([Values] bool inAThread)
    {
        static void Take() => OpenDevices.Get(TestDevice.Pocl);

        Assert.That(
            inAThread ? () => Task.Run(Take).GetAwaiter().GetResult() : Take,
            Throws.InvalidOperationException.With.Message.Contains("pocl").And.Message.Contains("[Needs("));
    }

    [Test]
    [Needs(Need.Pocl)]
    public void A_test_that_says_so_gets_it([Values] bool inAThread) =>
        Assert.That(
            (inAThread ? Task.Run(() => OpenDevices.Get(TestDevice.Pocl)).Result : OpenDevices.Get(TestDevice.Pocl)).Name.Kind,
            Is.EqualTo(DeviceKind.OpenCl));

    private static TestFixture Fixture(TestDevice device) => new(new TypeWrapper(typeof(DeviceTest)), [device]);
}
