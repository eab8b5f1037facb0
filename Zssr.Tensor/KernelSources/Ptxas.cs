using System.Diagnostics;

namespace Zssr.Tensors.KernelSources;

/// <summary>NVIDIA's assembler: turns PTX into machine code for a real GPU, on machines that have none.</summary>
/// <remarks>It refuses what a driver would refuse, and tells registers and spills, which PTX itself cannot show.</remarks>
public sealed class Ptxas
{
    private readonly string _path;

    private Ptxas(string path) => _path = path;

    /// <summary>The assembler that ZSSR_PTXAS names, or else one on the PATH or in a usual CUDA folder; null without any.</summary>
    public static Ptxas? Find() => Candidates().FirstOrDefault(File.Exists) is { } path ? new Ptxas(path) : null;

    /// <summary>Assembles one kernel for one architecture.</summary>
    /// <param name="ptx">The text of a PTX module with one entry.</param>
    /// <param name="architecture">Such as "sm_80".</param>
    /// <exception cref="PtxasException">The assembler refuses the text.</exception>
    public PtxasReport Assemble(string ptx, string architecture)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("zssr-ptxas-");
        try
        {
            string source = Path.Combine(folder.FullName, "kernel.ptx");
            File.WriteAllText(source, ptx);
            (int code, string output) = Run(_path, "-v", $"-arch={architecture}", "-o", source + ".cubin", source);
            if (code != 0)
                throw new PtxasException($"ptxas rejects the kernel for {architecture}:\n{output}");
            return PtxasReport.Parse(output) with { Code = Disassemble(source + ".cubin") };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the machine code consists of, where ZSSR_NVDISASM names NVIDIA's disassembler; else null.</summary>
    private static SassReport? Disassemble(string cubin)
    {
        if (Environment.GetEnvironmentVariable("ZSSR_NVDISASM") is not { Length: > 0 } disassembler)
            return null;
        (int code, string output) = Run(disassembler, "-c", cubin);
        return code == 0 ? SassReport.Parse(output) : throw new PtxasException($"nvdisasm failed:\n{output}");
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("ZSSR_PTXAS") is { Length: > 0 } named)
        {
            // A wrong path must not fall back on another ptxas in silence.
            yield return named;
            yield break;
        }

        string file = OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas";
        string?[] roots = [Environment.GetEnvironmentVariable("CUDA_PATH"), Environment.GetEnvironmentVariable("CUDA_HOME")];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(roots.OfType<string>().Select(root => Path.Combine(root, "bin")))
            .Append("/usr/local/cuda/bin")
            .Append("/opt/cuda/bin")
            .Append("/usr/lib/nvidia-cuda-toolkit/bin");
        foreach (string folder in folders)
            yield return Path.Combine(folder, file);
    }
}

/// <summary>NVIDIA's assembler refused a kernel; the message holds what it said.</summary>
public sealed class PtxasException(string message) : Exception(message);
