using NUnit.Framework.Interfaces;
using Zssr.Tests;

[assembly: EveryTestDisposesItsTensors]

namespace Zssr.Tests;

/// <summary>Fails a test that leaves a tensor on one of the <see cref="OpenDevices"/>; it stands over the whole assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EveryTestDisposesItsTensorsAttribute : Attribute, ITestAction
{
    private int _before;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => _before = OpenDevices.LiveBuffers;

    public void AfterTest(ITest test)
    {
        // A test that was skipped or failed may have stopped anywhere.
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Passed)
            Assert.That(OpenDevices.LiveBuffers, Is.EqualTo(_before), "tensors that the test did not dispose");
    }
}
