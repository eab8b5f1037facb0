using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>
/// What every test of the host's fast lane runs on: each vector width, with 1, 2 and 5 threads that share even the smallest work.
/// </summary>
[Vectors]
[Parallelizable] // its threads are its own
[TestFixture(512, 1)]
[TestFixture(512, 5)]
[TestFixture(256, 1)]
[TestFixture(256, 2)]
[TestFixture(256, 5)]
[TestFixture(128, 1)]
[TestFixture(128, 2)]
public abstract class HostFixture(int vectorBits, int threads)
{
    internal Host Host { get; private set; } = null!;

    [OneTimeSetUp]
    public void Open() => Host = new Host(threads, vectorBits, costPerPart: 1);

    [OneTimeTearDown]
    public void Close() => Host.Dispose();
}
