using Zssr.App.Errors;
using Zssr.Tensors;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.KernelPages;

/// <summary>All kernels, found by whatever name a user has for them.</summary>
internal sealed class KernelIndex
{
    private const int NearNames = 5;

    private static readonly Lazy<KernelIndex> Made = new(() => new KernelIndex());

    private KernelIndex()
    {
        Use = new KernelUse();
        Entries =
        [
            .. KernelCatalogue.All().Select(kernel => new KernelEntry(
                kernel,
                SourceCode.Of(kernel) ?? throw new InvalidOperationException($"the source of {kernel} is not in the library."),
                Use.LaunchesOf(kernel))),
        ];
    }

    /// <summary>The index of this library. It is made when it is first asked for, from all sources.</summary>
    public static KernelIndex Instance => Made.Value;

    /// <summary>Which operations launch which kernels.</summary>
    public KernelUse Use { get; }

    /// <summary>Every kernel with all its type arguments, by name.</summary>
    public IReadOnlyList<KernelEntry> Entries { get; }

    /// <summary>Those that bear a name; where none does, those whose names contain it. Case, blanks and hyphens do not matter.</summary>
    /// <exception cref="UsageException">There is nothing like it; the message has the nearest names.</exception>
    public IReadOnlyList<KernelEntry> Find(string name)
    {
        string asked = Key(name);
        // A class may be called as one of its operations is: Conv2d has conv2d and two gradients. Then the operation is meant.
        bool isOperation = Entries.Any(entry => entry.Launches.Any(launch => Key(launch.Name) == asked));
        KernelEntry[] exact = [.. Entries.Where(
            entry => (isOperation ? entry.OwnNames : entry.Names).Any(known => Key(known) == asked))];
        if (exact.Length > 0)
            return exact;
        KernelEntry[] similar = [.. Entries.Where(entry => entry.Names.Any(known => Key(known).Contains(asked, StringComparison.Ordinal)))];
        return similar.Length > 0 ? similar : throw new UsageException(
            $"'{name}' is neither a kernel nor an operation that launches one. The nearest names: {string.Join(", ", Near(name))}. "
            + "`zssr kernels` lists all kernels.");
    }

    /// <summary>One of the kernels with the same definition: the first with these type arguments, float32 unless asked otherwise.</summary>
    /// <param name="found">Kernels with the same definition.</param>
    /// <param name="type">The element type; null where it was not asked for.</param>
    /// <param name="op">The op struct; null where it was not asked for.</param>
    /// <exception cref="UsageException">The kernel has no such type arguments.</exception>
    public KernelEntry Choose(IReadOnlyList<KernelEntry> found, DType? type, string? op)
    {
        string definition = found[0].Kernel.Definition;
        if (op is not null)
        {
            KernelEntry[] all = Variants(found[0]);
            if (all[0].Ops.Count == 0)
                throw new UsageException($"{definition} is not generic over an op: leave --generic {op} out.");
            found = [.. all.Where(entry => entry.Ops.Any(known => Key(known) == Key(op)))];
            if (found.Count == 0)
                throw new UsageException($"{definition} has no op '{op}'. --generic takes one of: {OpsOf(all)}.");
        }

        return found.OrderBy(entry => entry.IsFloat64).FirstOrDefault(entry => type is null || entry.Kernel.ElementType == type)
            ?? throw new UsageException($"{definition} has no element type to choose, only the types in its source: leave --type out.");
    }

    /// <summary>The kernels with the same definition, for all type arguments.</summary>
    public KernelEntry[] Variants(KernelEntry entry) => [.. Entries.Where(other => other.Kernel.Definition == entry.Kernel.Definition)];

    /// <summary>The ops that a definition can be filled with, for people.</summary>
    public static string OpsOf(IEnumerable<KernelEntry> variants) =>
        string.Join(", ", variants.SelectMany(entry => entry.Ops).Distinct());

    private IEnumerable<string> Near(string name) => Entries.SelectMany(entry => entry.Names)
        .Where(known => !known.Contains('<', StringComparison.Ordinal))
        .DistinctBy(Key)
        .OrderBy(known => EditDistance.Between(Key(known), Key(name)))
        .ThenBy(known => known, StringComparer.Ordinal)
        .Take(NearNames);

    private static string Key(string name) =>
        string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or ','))).ToUpperInvariant();
}
