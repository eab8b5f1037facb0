namespace Zssr.Tests.App;

[TestFixture]
[Platform("Linux")]
public sealed class IgnoredSignalsTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(15)]
    public void What_this_process_was_told_to_ignore_is_heard_again(int signal)
    {
        IgnoredSignals.Ignore(signal);
        Assert.That(IgnoredSignals.IsIgnored(signal), Is.True);

        IgnoredSignals.HearAgain();

        Assert.That(IgnoredSignals.IsIgnored(signal), Is.False);
    }
}
