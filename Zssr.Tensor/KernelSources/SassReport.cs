using System.Globalization;
using System.Text.RegularExpressions;

namespace Zssr.Tensors.KernelSources;

/// <summary>How much of a kernel's machine code (SASS) is fused multiply-adds, the only instructions that a peak counts.</summary>
/// <param name="Instructions">Instructions of the whole kernel.</param>
/// <param name="MultiplyAdds">FFMA among them.</param>
/// <param name="LoopInstructions">Instructions of the innermost loop with the most multiply-adds, where time goes; 0 without loops.</param>
/// <param name="LoopMultiplyAdds">FFMA in that loop.</param>
public sealed partial record SassReport(int Instructions, int MultiplyAdds, int LoopInstructions, int LoopMultiplyAdds)
{
    /// <summary>Reads what <c>nvdisasm -c</c> prints of one kernel.</summary>
    /// <exception cref="FormatException">There is no instruction in it.</exception>
    public static SassReport Parse(string listing)
    {
        var labels = new Dictionary<string, int>();
        var opcodes = new List<string>();
        var loops = new List<(int First, int Last)>();
        foreach (string line in listing.Split('\n'))
        {
            if (Label().Match(line) is { Success: true } label)
                labels[label.Groups[1].Value] = opcodes.Count;
            else if (Instruction().Match(line) is { Success: true } instruction)
            {
                // A jump to a label that was already there closes a loop. A jump to itself is the padding after the end.
                if (Target().Match(line) is { Success: true } target
                    && labels.TryGetValue(target.Groups[1].Value, out int first) && first < opcodes.Count)
                    loops.Add((first, opcodes.Count));
                opcodes.Add(instruction.Groups[1].Value);
            }
        }

        if (opcodes.Count == 0)
            throw new FormatException($"nvdisasm printed no instructions:\n{listing}");

        int FusedIn(int first, int last) => opcodes[first..(last + 1)].Count(opcode => opcode == "FFMA");
        (int First, int Last) hottest = loops
            .Where(loop => !loops.Any(other => other != loop && other.First >= loop.First && other.Last <= loop.Last))
            .OrderByDescending(loop => FusedIn(loop.First, loop.Last))
            .FirstOrDefault((0, -1));
        return new SassReport(
            opcodes.Count, FusedIn(0, opcodes.Count - 1), hottest.Last - hottest.First + 1, FusedIn(hottest.First, hottest.Last));
    }

    /// <summary>Both shares, such as "41% FFMA of   512, in the loop 65% of  201".</summary>
    public override string ToString()
    {
        string loop = LoopInstructions == 0 ? "–" : $"{Share(LoopMultiplyAdds, LoopInstructions)} of {LoopInstructions,4}";
        return $"{Share(MultiplyAdds, Instructions)} FFMA of {Instructions,5}, in the loop {loop}";
    }

    private static string Share(int part, int whole) => ((double)part / whole).ToString("P0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>.L_x_3:</c>.</summary>
    [GeneratedRegex(@"^\s*(\.L\w+):")]
    private static partial Regex Label();

    /// <summary>Such as <c>/*0130*/ @!P0 FFMA.FTZ R4, R2, R3, R4 ;</c>; the operation is taken without its variants.</summary>
    [GeneratedRegex(@"^\s*/\*[0-9a-f]{4,}\*/\s+(?:\{\s*)?(?:@!?U?P\w+\s+)?([A-Z][A-Z0-9]*)")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\bBRA\b.*`\((\.L\w+)\)")]
    private static partial Regex Target();
}
