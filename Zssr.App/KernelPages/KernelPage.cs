using System.Text.Encodings.Web;
using System.Text.Json;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.KernelPages;

/// <summary>A kernel's C# source next to what it became, and what else there is to know of it.</summary>
/// <param name="Index">Where the kernel was found.</param>
/// <param name="Entry">The kernel.</param>
/// <param name="Code">What ILGPU made of it; null on the processor.</param>
/// <param name="Needs">What it needs of the GPU; null for OpenCL and the processor.</param>
internal sealed record KernelPage(KernelIndex Index, KernelEntry Entry, GeneratedCode? Code, GpuNeeds? Needs)
{
    /// <summary>Columns of a row's label, after two blanks.</summary>
    private const int Label = 12;

    /// <summary>Formulas stay readable.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines to print.</summary>
    /// <param name="width">Columns of the terminal; null for a file or pipe.</param>
    public IEnumerable<string> Lines(int? width)
    {
        IEnumerable<string> head = Head().SelectMany(line => CodeLines.Wrap(line, SideBySide.Room(width), Label));
        (string, string) source = ($"C#: {Entry.Source.File}, line {Entry.Source.Line}", Source());
        IEnumerable<string> body = Code is null
            ? SideBySide.Stacked(width, source)
            : SideBySide.Lay(width, source, ($"{Code.Language} for {Code.Target}", Code.Text));
        return head.Append("").Concat(body);
    }

    /// <summary>The same for programs.</summary>
    public string Json() => JsonSerializer.Serialize(
        new
        {
            kernel = Entry.Kernel.Name,
            summary = Entry.Source.Summary,
            file = Entry.Source.File,
            line = Entry.Source.Line,
            launched_by = Entry.Launches.Select(launch => launch.Method),
            source = Source(),
            target = Code?.Target ?? "cpu",
            language = Code?.Language,
            code = Code?.Text,
            registers = Needs?.Report?.Registers,
            shared_bytes = Needs?.Report?.SharedBytes,
            stack_bytes = Needs?.Report?.StackBytes,
            spill_store_bytes = Needs?.Report?.SpillStoreBytes,
            spill_load_bytes = Needs?.Report?.SpillLoadBytes,
        },
        JsonOptions);

    /// <summary>The kernel, and the ops that its type parameters stand for.</summary>
    private string Source() => string.Join(
        "\n\n",
        Entry.Kernel.OpTypes.Select(SourceCode.Of).OfType<SourceExcerpt>()
            .Select(op => $"// {op.File}, line {op.Line}\n{op.Text}")
            .Prepend(Entry.Source.Text));

    private IEnumerable<string> Head()
    {
        yield return $"{Entry.Kernel}: {Entry.Source.FirstSentence}";
        if (Entry.Launches.Count > 0)
            yield return Row("launched by", string.Join(", ", Entry.Launches.Select(launch => launch.Method)));
        if (Helpers() is { Length: > 0 } helpers)
            yield return Row("calls", helpers);
        KernelEntry[] variants = Index.Variants(Entry);
        if (Entry.Ops.Count > 0)
            yield return Row("--generic", KernelIndex.OpsOf(variants));
        if (variants.Any(variant => variant.IsFloat64 != Entry.IsFloat64))
            yield return Row("--type", "float32, float64");
        if (Needs is not null)
            yield return Row("needs", Needs.ToString());
        if (Code is null)
            yield return Row("becomes", OnProcessor());
    }

    private string Helpers() => string.Join(", ", KernelUse.HelpersOf(Entry.Kernel).Select(type =>
        type == Entry.Kernel.Method.DeclaringType
            ? "other methods of its class"
            : $"{type.Name.Split('`')[0]}{(SourceCode.Of(type) is { } source ? $" ({source.File})" : "")}"));

    private string OnProcessor()
    {
        IReadOnlyList<string> simd = Index.Use.SimdInsteadOf(Entry.Kernel);
        string instead = simd.Count == 0
            ? ""
            : $" It does so only with --portable: otherwise SIMD code runs instead ({string.Join(", ", simd)}).";
        return "nothing else: on cpu, ILGPU's CPU accelerator runs the compiled C# (IL) itself, with a thread for each work-item of a "
            + "group." + instead;
    }

    private static string Row(string label, string text) => $"  {label,-Label}{text}";
}
