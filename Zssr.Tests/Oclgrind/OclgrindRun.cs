using System.Diagnostics;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Oclgrind;

/// <summary>What one scenario did under oclgrind, an OpenCL device in software that checks each memory access.</summary>
/// <param name="ExitCode">0, unless the scenario threw.</param>
/// <param name="Output">What the process printed.</param>
/// <param name="Log">What oclgrind reported; empty if nothing.</param>
internal sealed record OclgrindRun(int ExitCode, string Output, string Log)
{
    /// <summary>The first argument of the test program that asks for a scenario.</summary>
    public const string Verb = "oclgrind-child";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Two work-items touched the same address, at least one writing, with no barrier in between.</summary>
    public bool HasDataRace => Log.Contains("data race", StringComparison.OrdinalIgnoreCase);

    /// <summary>A read or write outside a buffer.</summary>
    public bool HasInvalidAccess =>
        Log.Contains("Invalid read", StringComparison.Ordinal) || Log.Contains("Invalid write", StringComparison.Ordinal);

    /// <summary>A barrier that only a part of a group reached.</summary>
    public bool HasDivergentBarrier => Log.Contains("divergence", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value that nothing had written was used or stored.</summary>
    public bool HasUninitializedRead => Log.Contains("Uninitialized", StringComparison.Ordinal);

    /// <summary>
    /// Runs a scenario of <see cref="GrindScenarios"/> in a process of its own, for a test that said that it needs oclgrind.
    /// </summary>
    public static OclgrindRun Of(string scenario, bool checksInitialization = false)
    {
        Requirement.Of(Need.Oclgrind).MustBeDeclared();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("zssr-oclgrind-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "oclgrind.icd"), Library + "\n");
            string log = Path.Combine(folder.FullName, "log");
            using Process process = Process.Start(ChildProcess(scenario, folder.FullName, log, checksInitialization))!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"the scenario {scenario} ran longer than {Patience.TotalMinutes} minutes under oclgrind");
            }
            return new OclgrindRun(process.ExitCode, output.Result + errors.Result, File.Exists(log) ? File.ReadAllText(log) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo ChildProcess(string scenario, string drivers, string log, bool checksInitialization)
    {
        // The test host is itself started by the dotnet command; an IDE's host may be a program of its own.
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return new ProcessStartInfo(host, [typeof(OclgrindRun).Assembly.Location, Verb, scenario])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // Some loaders read a folder only if its name ends in a slash.
                ["OCL_ICD_VENDORS"] = drivers + "/",
                ["OCLGRIND_LOG"] = log,
                ["OCLGRIND_DATA_RACES"] = "1",
                // This check stops at instructions that it does not know (freeze) and takes values that went through a select for
                // unwritten ones, so only scenarios made for it have it. In the product, new buffers hold NaN in tests instead.
                ["OCLGRIND_UNINITIALIZED"] = checksInitialization ? "1" : "0",
                // ILGPU's barrier names only the global fence, though it stands for both; taken at its word, each barrier
                // that guards shared memory would be reported as a race.
                ["OCLGRIND_BUILD_OPTIONS"] = "-Dwork_group_barrier(x)=barrier(CLK_LOCAL_MEM_FENCE|CLK_GLOBAL_MEM_FENCE)",
            },
        };
    }

    /// <summary>Oclgrind's OpenCL driver; null where there is none.</summary>
    public static string? Library
    {
        get
        {
            string[] folders = ["/usr/lib/oclgrind", "/usr/local/lib/oclgrind", "/usr/lib", "/usr/local/lib", "/opt/homebrew/lib"];
            string[] files = ["liboclgrind-rt-icd.so", "liboclgrind-rt-icd.dylib"];
            return folders
                .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
                .FirstOrDefault(File.Exists);
        }
    }
}
