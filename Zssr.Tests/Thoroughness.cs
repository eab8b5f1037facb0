namespace Zssr.Tests;

/// <summary>
/// How often tests repeat what random numbers vary: some times by default, so that <c>dotnet test</c> takes minutes, and many times where
/// ZSSR_THOROUGH is 1, as <c>.ci/run</c> sets it.
/// </summary>
internal static class Thoroughness
{
    /// <summary>Whether tests repeat many times.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("ZSSR_THOROUGH") == "1";

    /// <summary>How many times.</summary>
    public static int Of(int usual, int thorough) => IsAsked ? thorough : usual;
}
