using System.Globalization;
using Zssr.App.Files;

namespace Zssr.App.Records;

/// <summary>
/// Keeps a run folder to one run at a time, among all processes. A process holds a file <c>run.PROCESS.XXXXXXXX.lock</c> in it
/// (<see cref="HeldFile"/>); that of a process which has ended, however it did, is removed and counts for nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string Prefix = "run.";
    private const string Suffix = ".lock";
    private const int MostAttempts = 5;

    private readonly FileStream _file;
    private readonly string _folder;
    private readonly bool _madeFolder;

    private RunLock(FileStream file, string folder, bool madeFolder)
    {
        (_file, _folder, _madeFolder) = (file, folder, madeFolder);
        // An interrupted program that does not get to its end gets here.
        AppDomain.CurrentDomain.ProcessExit += Release;
    }

    /// <summary>Takes a folder. One that does not exist is made, and removed by <see cref="Dispose"/> if it is empty then.</summary>
    /// <exception cref="FileException">A run goes on in it; the message gives its process. Or nothing can be written there.</exception>
    public static RunLock Take(string folder)
    {
        bool isNew = !Directory.Exists(folder);
        RunFolder.Make(folder);
        // Two that come at the same moment see each other, and both step back: the more often, the less likely at the same moment again.
        for (int attempt = 1; ; attempt++)
        {
            FileStream mine = Create(folder);
            string? other = OtherThan(mine, folder);
            if (other is null)
                return new RunLock(mine, folder, isNew);
            mine.Dispose();
            if (attempt == MostAttempts)
                throw Taken(folder, other);
            Thread.Sleep(Random.Shared.Next(10, 50));
        }
    }

    /// <summary>Lets other runs have the folder.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Release;
        _file.Dispose();
        if (!_madeFolder)
            return;
        try
        {
            Directory.Delete(_folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // There is something in it, as there should be.
        }
    }

    private void Release(object? sender, EventArgs e) => Dispose();

    private static FileStream Create(string folder)
    {
        try
        {
            string process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            return HeldFile.Create(folder, $"{Prefix}{process}.", Suffix, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            throw new FileException(folder, $"cannot write in the run folder {folder}: {FileFailure.Reason(failure)}", failure);
        }
    }

    /// <summary>The lock of another living process, or null.</summary>
    private static string? OtherThan(FileStream mine, string folder)
    {
        try
        {
            return Directory.GetFiles(folder, $"{Prefix}*{Suffix}").FirstOrDefault(
                file => IsLock(file) && Path.GetFileName(file) != Path.GetFileName(mine.Name) && !HeldFile.RemoveIfAbandoned(file));
        }
        catch (Exception failure) when (FileFailure.Is(failure))
        {
            mine.Dispose();
            throw new FileException(
                folder,
                $"the run folder {folder} may not be read, so it is not known whether a run is using it. Change its permissions, or name "
                + "another --run-dir.",
                failure);
        }
    }

    /// <summary>Whether the name is <c>run.</c>, a number, eight letters and <c>.lock</c>.</summary>
    private static bool IsLock(string file) =>
        Path.GetFileName(file).Split('.') is [_, var process, { Length: 8 }, _] && process.All(char.IsAsciiDigit);

    private static FileException Taken(string folder, string file) => new(
        folder,
        $"another run is using {folder}, that of process {Path.GetFileName(file).Split('.')[1]}. "
        + $"Wait for it, or name another --run-dir. (If that process has ended, remove {file}.)");
}
