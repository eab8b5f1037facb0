using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>
/// What every test of the host's fast lane runs on: each vector width, with 1, 2 and 5 threads that share even the smallest work. By
/// default each width has one number of threads; thoroughly, those that differ in what a thread's share ends with.
/// </summary>
[Vectors]
[RunsApart] // its threads are its own
[TestFixtureSource(typeof(HostFixture), nameof(Hosts))]
public abstract class HostFixture(int vectorBits, int threads)
{
    public static IEnumerable<object[]> Hosts => Thoroughness.IsAsked
        ? [[512, 1], [512, 5], [256, 1], [256, 2], [256, 5], [128, 1], [128, 2]]
        : [[512, 5], [256, 2], [128, 1]];

    internal Host Host { get; private set; } = null!;

    [OneTimeSetUp]
    public void Open() => Host = new Host(threads, vectorBits, costPerPart: 1);

    [OneTimeTearDown]
    public void Close() => Host.Dispose();
}
