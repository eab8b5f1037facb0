using System.Collections.Concurrent;
using NUnit.Framework.Interfaces;
using Zssr.Tests;

[assembly: EveryTest]
[assembly: Parallelizable(ParallelScope.Fixtures)]
// More workers than classes: most of them wait in a lane, and no lane may wait for a worker.
[assembly: LevelOfParallelism(400)]

namespace Zssr.Tests;

/// <summary>What holds for every test: it runs in its <see cref="Lane"/>, and leaves no tensor on one of the lane's <see cref="OpenDevices"/>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EveryTestAttribute : Attribute, ITestAction
{
    /// <summary>By lane: those in which tests share devices have one test at a time.</summary>
    private readonly ConcurrentDictionary<Lane, int> _buffersBefore = [];

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        var lane = Lane.Of(test);
        lane.Enter();
        if (lane != Lane.Apart)
            _buffersBefore[lane] = OpenDevices.LiveBuffers;
    }

    public void AfterTest(ITest test)
    {
        var lane = Lane.Of(test);
        try
        {
            // A test that was skipped or failed may have stopped anywhere.
            if (lane != Lane.Apart && TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Passed)
                Assert.That(OpenDevices.LiveBuffers, Is.EqualTo(_buffersBefore[lane]), "tensors that the test did not dispose");
        }
        finally
        {
            lane.Leave();
        }
    }
}
