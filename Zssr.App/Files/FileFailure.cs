namespace Zssr.App.Files;

/// <summary>Why the system did not write a file, in words for the user: what was found, and what to do.</summary>
internal static class FileFailure
{
    // The system's numbers, which .NET hands on: errno of Linux and macOS, and Windows's ERROR_… as HRESULT.
    private const int TooManyInSystem = 23;
    private const int TooManyInProcess = 24;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int LinksOnLinux = 40;
    private const int LinksOnMac = 62;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;
    private const int DiskFull = unchecked((int)0x80070070);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    private const string LinkCircle = "it is a link that leads in a circle. Choose another name.";

    /// <summary>What to do where a process may open no more files.</summary>
    public const string TooManyOpen =
        "this process has as many files open as it may. Allow more: ulimit -n 1024, in the same shell before the program.";

    /// <summary>Whether it is a failure of files. That a file is too large, .NET calls a wrong argument.</summary>
    public static bool Is(Exception failure) =>
        failure is IOException or UnauthorizedAccessException || IsTooLarge(failure);

    /// <summary>A sentence or two.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        UnauthorizedAccessException => "permission is denied. Choose another folder, or change its permissions.",
        FileNotFoundException or DirectoryNotFoundException => "the folder does not exist any more. Create it, or choose another one.",
        _ when IsTooLarge(failure) => "it is larger than the file system, or a limit on this process (ulimit -f), allows. Choose another "
            + "folder, or raise the limit.",
        _ => failure.HResult switch
        {
            NoSpace or DiskFull or HandleDiskFull => "the disk is full. Make room, or choose another folder.",
            TooManyInProcess => TooManyOpen,
            TooManyInSystem => "too many files are open on this computer. Close other programs.",
            LinksOnLinux when OperatingSystem.IsLinux() => LinkCircle,
            LinksOnMac when OperatingSystem.IsMacOS() => LinkCircle,
            QuotaOnLinux when OperatingSystem.IsLinux() => "your disk quota is used up. Make room, or choose another folder.",
            QuotaOnMac when OperatingSystem.IsMacOS() => "your disk quota is used up. Make room, or choose another folder.",
            ReadOnlyFileSystem => "the file system is read-only. Choose another folder.",
            SharingViolation or LockViolation => "another program has it open. Close it there, or choose another name.",
            _ => $"{failure.Message.TrimEnd('.')}. Is the disk full, or the file open elsewhere?",
        },
    };

    /// <summary>.NET tells EFBIG by this exception, of an argument that nobody gave.</summary>
    private static bool IsTooLarge(Exception failure) =>
        failure is ArgumentOutOfRangeException { ParamName: "value" } && failure.Source == typeof(File).Assembly.GetName().Name;
}
