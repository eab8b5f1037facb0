namespace Zssr.Tests.Oclgrind;

internal static class GrindScenarios
{
    public static readonly Dictionary<string, Action> All = [];
}

internal static class OclgrindRun
{
    public const string Verb = "oclgrind-child";
}
