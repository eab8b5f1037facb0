using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Zssr.Tests.Devices;

/// <summary>What the test, or each test of the class, needs that a machine may lack. Without it, they are skipped before they begin.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Need need) : NUnitAttribute, IApplyToTest
{
    /// <summary>The property of a test that holds what it needs.</summary>
    internal const string Property = "Needs";

    /// <summary>What is needed.</summary>
    public Need Need { get; } = need;

    public void ApplyToTest(Test test) => test.Properties.Add(Property, Need);
}
