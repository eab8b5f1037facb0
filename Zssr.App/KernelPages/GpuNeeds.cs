using System.ComponentModel;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.KernelPages;

/// <summary>What a kernel needs of an NVIDIA GPU, or why that cannot be said here.</summary>
/// <param name="Report">What ptxas says; null where it said nothing.</param>
/// <param name="Problem">Why it said nothing; empty where it did.</param>
internal sealed record GpuNeeds(PtxasReport? Report, string Problem)
{
    /// <summary>Asks ptxas about PTX; null for code of another language.</summary>
    public static GpuNeeds? Of(GeneratedCode? code)
    {
        if (code?.Architecture is not { } architecture)
            return null;
        if (Ptxas.Find() is not { } ptxas)
        {
            return new GpuNeeds(
                null, "unknown: ptxas was not found. It is part of NVIDIA's CUDA toolkit; ZSSR_PTXAS gives its path if it is elsewhere.");
        }

        try
        {
            return new GpuNeeds(ptxas.Assemble(code.Text, architecture), "");
        }
        catch (Exception failure) when (failure is PtxasException or FormatException or Win32Exception)
        {
            return new GpuNeeds(null, $"unknown: {failure.Message.TrimEnd().ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>In words, such as "24 registers, no shared memory, no stack, no spills".</summary>
    public override string ToString()
    {
        if (Report is null)
            return Problem;
        string spills = Report.Spills ? $"{Report.SpillStoreBytes} bytes spilled and {Report.SpillLoadBytes} reloaded" : "no spills";
        string code = Report.Code is null ? "" : $"; {Report.Code}";
        return $"{Report.Registers} registers, {Bytes(Report.SharedBytes, "shared memory")}, {Bytes(Report.StackBytes, "stack")}, "
            + $"{spills}{code}";
    }

    private static string Bytes(int count, string of) => count == 0 ? $"no {of}" : $"{count} bytes of {of}";
}
