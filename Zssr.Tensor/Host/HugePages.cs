using System.Runtime.InteropServices;

namespace Zssr.Tensors;

/// <summary>
/// Asks the system for pages of 2 MB instead of 4 KB for large blocks of memory. A convolution walks over megabytes; with small pages the
/// processor looks up their addresses over and over.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page; memory that is to get some should start at a multiple of it.</summary>
    public const int Size = 2 << 20;

    // madvise(2): "transparent huge pages" for this range. Most Linux systems give them to those who ask.
    private const int MadvHugePage = 14;

    /// <summary>What an allocation of this many bytes should be aligned to.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="otherwise">The alignment of allocations that are too small for a huge page.</param>
    public static int AlignmentFor(long bytes, int otherwise) => OperatingSystem.IsLinux() && bytes >= Size ? Size : otherwise;

    /// <summary>Asks for huge pages in a range of memory. Where the system has none, nothing happens.</summary>
    public static void Request(void* start, long bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < Size)
            return;
        try
        {
            // The answer does not matter: the memory serves in either case.
            _ = Advise(start, (nuint)bytes, MadvHugePage);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name; small pages do as well.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
