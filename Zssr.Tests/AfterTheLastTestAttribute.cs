using NUnit.Framework.Interfaces;
using Zssr.Tests;
using Zssr.Tests.App;

[assembly: AfterTheLastTest]

namespace Zssr.Tests;

/// <summary>Ends what tests share: the programs that wait for work, their home, and the devices.</summary>
/// <remarks>
/// Not by SetUpFixtures: NUnit runs the tests below one as a group, and begins no other group before it has ended.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AfterTheLastTestAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Suite;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test)
    {
        SharedProgram.EndAll();
        ProgramHome.Remove();
        OpenDevices.CloseAll();
    }
}
