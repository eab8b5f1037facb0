using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Zssr.Tests.Devices;

[assembly: NeedsAreDecidedFirst]

namespace Zssr.Tests.Devices;

/// <summary>
/// Decides, when the tests are loaded and before anything of them runs, what becomes of those whose device or tool this machine lacks: they
/// are skipped with the reason, or fail under ZSSR_REQUIRE_DEVICES=1.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NeedsAreDecidedFirstAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test) => Decide(test, Environment.GetEnvironmentVariable(Requirement.Variable) == "1");

    /// <summary>Decides for a test, or for each of a group of tests.</summary>
    internal static void Decide(ITest test, bool isStrict)
    {
        if (test.RunState == RunState.Runnable && Declared.By(test).FirstOrDefault(requirement => !requirement.IsHere()) is { } missing)
        {
            // NUnit reports what is "not runnable" as failed.
            ((Test)test).RunState = isStrict ? RunState.NotRunnable : RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, missing.Reason(isStrict));
            return;
        }

        foreach (ITest inner in test.Tests)
            Decide(inner, isStrict);
    }
}
