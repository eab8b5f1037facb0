using Zssr.Tests.App;
using Zssr.Tests.Fuzzing;
using Zssr.Tests.Oclgrind;

namespace Zssr.Tests;

/// <summary>The test assembly as a program: it runs in a process of its own what oclgrind or AFL++ watch.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [GuidedFuzzing.SeedsVerb, var reader, var folder]:
                GuidedFuzzing.WriteSeeds(reader, folder);
                return 0;
            case [GuidedFuzzing.Verb, var reader]:
                GuidedFuzzing.Run(reader);
                return 0;
            case [SharedProgram.Verb]:
                SharedProgram.Serve();
                return 0;
            case [OclgrindRun.Verb, var scenario] when GrindScenarios.All.TryGetValue(scenario, out Action? run):
                return Grind(run);
        }

        Console.Error.WriteLine($"usage: Zssr.Tests {OclgrindRun.Verb} {{{string.Join('|', GrindScenarios.All.Keys)}}}");
        Console.Error.WriteLine($"       Zssr.Tests {GuidedFuzzing.SeedsVerb} READER FOLDER, or {GuidedFuzzing.Verb} READER");
        Console.Error.WriteLine("The tests themselves run with: dotnet test");
        return 2;
    }

    private static int Grind(Action run)
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
}
