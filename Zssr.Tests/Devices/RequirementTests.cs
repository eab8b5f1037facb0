namespace Zssr.Tests.Devices;

public class RequirementTests
{
    [Test]
    public void A_missing_device_skips_the_test_and_says_how_to_get_it()
    {
        var skipped = Assert.Throws<IgnoreException>(() => Requirement.Missing("a GPU", "Buy one.", strict: false));

        Assert.That(skipped!.Message, Does.Contain("a GPU was not found").And.Contain("Buy one."));
    }

    [Test]
    public void A_missing_device_fails_the_test_where_devices_are_required()
    {
        var failed = Assert.Throws<AssertionException>(() => Requirement.Missing("a GPU", "Buy one.", strict: true));

        Assert.That(failed!.Message, Does.Contain("a GPU was not found").And.Contain("ZSSR_REQUIRE_DEVICES=1"));
    }
}
