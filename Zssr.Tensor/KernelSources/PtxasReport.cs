using System.Globalization;
using System.Text.RegularExpressions;

namespace Zssr.Tensors.KernelSources;

/// <summary>What NVIDIA's assembler says a kernel needs of the GPU, from the output of <c>ptxas -v</c>.</summary>
/// <param name="Registers">32-bit registers of one thread; 255 at most, and fewer let more threads run at once.</param>
/// <param name="SharedBytes">Shared memory of one block that the kernel declares itself.</param>
/// <param name="StackBytes">Local memory of one thread for arrays that do not fit in registers; it lies in slow global memory.</param>
/// <param name="SpillStoreBytes">Bytes of instructions that move registers out because there were too few.</param>
/// <param name="SpillLoadBytes">Bytes of instructions that bring them back.</param>
public sealed partial record PtxasReport(int Registers, int SharedBytes, int StackBytes, int SpillStoreBytes, int SpillLoadBytes)
{
    /// <summary>What the machine code consists of; null without a disassembler.</summary>
    public SassReport? Code { get; init; }

    /// <summary>True where a thread moved registers to memory and back.</summary>
    public bool Spills => SpillStoreBytes + SpillLoadBytes > 0;

    /// <summary>
    /// Reads the report of one kernel. Functions that were not inlined are listed too, each with its stack and spills;
    /// these add up, and registers and shared memory are those of the entry, the largest.
    /// </summary>
    /// <exception cref="FormatException">There is no count of registers in it.</exception>
    public static PtxasReport Parse(string output)
    {
        if (!Used().IsMatch(output))
            throw new FormatException($"ptxas -v reported no register count:\n{output}");

        return new PtxasReport(
            Registers: Numbers(Used(), output).Max(),
            SharedBytes: Numbers(Shared(), output).DefaultIfEmpty().Max(),
            StackBytes: Numbers(Stack(), output).Sum(),
            SpillStoreBytes: Numbers(SpillStores(), output).Sum(),
            SpillLoadBytes: Numbers(SpillLoads(), output).Sum());
    }

    /// <summary>All figures in one line, aligned for a table.</summary>
    public override string ToString() =>
        $"{Registers,3} registers  {SharedBytes,6} B shared  {StackBytes,5} B stack  "
        + $"{SpillStoreBytes,4} B spilled  {SpillLoadBytes,4} B reloaded{(Code is null ? "" : $"  {Code}")}";

    private static IEnumerable<int> Numbers(Regex pattern, string output) =>
        pattern.Matches(output).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Used();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex SpillStores();

    [GeneratedRegex(@"(\d+) bytes spill loads")]
    private static partial Regex SpillLoads();
}
