using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zssr.App.Files;

/// <summary>
/// The system's own calls about files, where .NET has none: statx (2) on Linux, stat (2) on macOS, GetFileInformationByHandle on Windows.
/// The offsets are those of their structures. Where a call is missing, nothing is known, and callers do with names.
/// </summary>
internal static partial class NativeFiles
{
    private const string C = "libc";
    private const int LargestStructure = 256;
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint BasicStatus = 0x7ff; // STATX_BASIC_STATS
    private const ulong Immutable = 0x10 | 0x20, MountRoot = 0x2000; // STATX_ATTR_…
    private const uint Unchanged = uint.MaxValue; // fchown: leave this one as it is

    /// <summary>The status of a file, links followed; null where there is none, or it is not known.</summary>
    /// <param name="path">Which.</param>
    /// <param name="isTooLong">Whether there can be none of this name (ENAMETOOLONG).</param>
    public static FileStatus? StatusOf(string path, out bool isTooLong)
    {
        isTooLong = false;
        if (path.Length == 0)
            return null;
        try
        {
            if (OperatingSystem.IsWindows())
                return OnWindows(path);
            if (OperatingSystem.IsMacOS())
                return OnMac(path, out isTooLong);
            return OperatingSystem.IsLinux() ? OnLinux(path, out isTooLong) : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null; // an old C library
        }
    }

    /// <summary>Gives an open file another owner and group; <paramref name="user"/> null leaves the owner.</summary>
    /// <returns>Whether this process may.</returns>
    public static bool ChangeOwner(SafeFileHandle file, uint? user, uint group)
    {
        try
        {
            return ChangeOwner(file, user ?? Unchanged, group) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static FileStatus? OnLinux(string path, out bool isTooLong)
    {
        const int NameTooLong = 36;
        Span<byte> s = stackalloc byte[LargestStructure];
        int answer = StatusOnLinux(CurrentFolder, path, 0, BasicStatus, s);
        isTooLong = answer != 0 && Marshal.GetLastPInvokeError() == NameTooLong;
        if (answer != 0)
            return null;
        ulong attributes = BinaryPrimitives.ReadUInt64LittleEndian(s[8..]);
        uint user = UInt32(s, 20), group = UInt32(s, 24), major = UInt32(s, 136), minor = UInt32(s, 140);
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(s[28..]);
        return new FileStatus(
            (ulong)major << 32 | minor, BinaryPrimitives.ReadUInt64LittleEndian(s[32..]), KindOf(mode), (UnixFileMode)(mode & 0xfff), user,
            group, (attributes & Immutable) != 0, (attributes & MountRoot) != 0);
    }

    private static FileStatus? OnMac(string path, out bool isTooLong)
    {
        const int NameTooLong = 63;
        Span<byte> s = stackalloc byte[LargestStructure];
        int answer = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatusOnIntelMac(path, s) : StatusOnMac(path, s);
        isTooLong = answer != 0 && Marshal.GetLastPInvokeError() == NameTooLong;
        if (answer != 0)
            return null;
        int mode = BinaryPrimitives.ReadUInt16LittleEndian(s[4..]);
        return new FileStatus(
            UInt32(s, 0), BinaryPrimitives.ReadUInt64LittleEndian(s[8..]), KindOf(mode), (UnixFileMode)(mode & 0xfff), UInt32(s, 16),
            UInt32(s, 20));
    }

    /// <summary>Of files only: folders cannot be opened this way.</summary>
    private static FileStatus? OnWindows(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> s = stackalloc byte[LargestStructure];
            return StatusOnWindows(file, s) == 0
                ? null : new FileStatus(UInt32(s, 28), (ulong)UInt32(s, 44) << 32 | UInt32(s, 48), FileKind.Regular, 0, 0, 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static uint UInt32(Span<byte> structure, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(structure[offset..]);

    /// <summary>S_IFMT and its values, the same on all Unix systems.</summary>
    private static FileKind KindOf(int mode) => (mode & 0xf000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0xc000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    [LibraryImport(C, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatusOnLinux(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport(C, EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatusOnMac(string path, Span<byte> status);

    [LibraryImport(C, EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatusOnIntelMac(string path, Span<byte> status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    private static partial int StatusOnWindows(SafeFileHandle file, Span<byte> information);

    [LibraryImport(C, EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
