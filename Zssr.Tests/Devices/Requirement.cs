using System.Diagnostics.CodeAnalysis;

namespace Zssr.Tests.Devices;

/// <summary>
/// Says what happens to a test whose optional tool or device this machine lacks: it is skipped with the reason, or fails
/// where the environment variable ZSSR_REQUIRE_DEVICES is 1, so that a full run cannot skip anything unnoticed.
/// </summary>
internal static class Requirement
{
    /// <summary>The environment variable that turns skips into failures.</summary>
    public const string Variable = "ZSSR_REQUIRE_DEVICES";

    /// <summary>True where a missing tool or device is a failure.</summary>
    public static bool IsStrict => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Ends the running test as skipped or, under ZSSR_REQUIRE_DEVICES=1, as failed.</summary>
    /// <param name="what">What is missing, such as "ptxas".</param>
    /// <param name="cure">How to get it, as a sentence.</param>
    [DoesNotReturn]
    public static void Missing(string what, string cure) => Missing(what, cure, IsStrict);

    /// <summary>The same with the strictness given, for the test of this class.</summary>
    [DoesNotReturn]
    internal static void Missing(string what, string cure, bool strict)
    {
        string reason = $"{what} was not found on this machine. {cure}";
        throw strict
            ? new AssertionException($"{reason} ({Variable}=1 makes this a failure instead of a skip.)")
            : new IgnoreException(reason);
    }
}
