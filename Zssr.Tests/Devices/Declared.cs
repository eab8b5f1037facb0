using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Zssr.Tests.Devices;

/// <summary>What tests said they need: by <see cref="NeedsAttribute"/>, or by a <see cref="TestDevice"/> among their arguments.</summary>
internal static class Declared
{
    /// <summary>What this test, fixture or group of tests needs by itself; what stands above it in the tree adds to that.</summary>
    public static IEnumerable<Requirement> By(ITest test) =>
        test.Properties[NeedsAttribute.Property].OfType<Need>().Select(Requirement.Of)
            .Concat(test.Arguments.OfType<TestDevice>().Select(device => device.Requirement));

    /// <summary>The names of all that the running test has said it needs.</summary>
    public static IEnumerable<string> ByRunningTest()
    {
        for (ITest? test = TestExecutionContext.CurrentContext.CurrentTest; test is not null; test = test.Parent)
        {
            foreach (Requirement requirement in By(test))
                yield return requirement.What;
        }
    }
}
