using Zssr.Tests.Oclgrind;

namespace Zssr.Tests;

/// <summary>The test assembly as a program: it runs one scenario in a process of its own, which oclgrind can watch.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is [OclgrindRun.Verb, var scenario] && GrindScenarios.All.TryGetValue(scenario, out Action? run))
        {
            try
            {
                run();
                return 0;
            }
            catch (Exception error)
            {
                // Caught, for an unhandled exception would also leave a core dump behind.
                Console.Error.WriteLine(error);
                return 1;
            }
        }

        Console.Error.WriteLine($"usage: Zssr.Tests {OclgrindRun.Verb} {{{string.Join('|', GrindScenarios.All.Keys)}}}");
        Console.Error.WriteLine("The tests themselves run with: dotnet test");
        return 2;
    }
}
