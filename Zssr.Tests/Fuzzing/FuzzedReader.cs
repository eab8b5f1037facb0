namespace Zssr.Tests.Fuzzing;

/// <summary>A reader of files that come from anywhere.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Sound">Whole files, from which damaged ones are made.</param>
/// <param name="Read">Reads a file.</param>
/// <param name="IsRefusal">Whether the reader throws this for a file that it does not take.</param>
internal sealed record FuzzedReader(string Name, byte[][] Sound, Action<byte[]> Read, Func<Exception, bool> IsRefusal)
{
    /// <summary>More than any of the files needs; 200 MB is the promise.</summary>
    private const long MostBytes = 200L << 20;

    /// <summary>Puts checksums right after the damage, which would be found by them alone; null where there are none.</summary>
    public Action<byte[]>? Repair { get; init; }

    /// <summary>Whole files are read in microseconds; this long only an endless loop takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong with how a file is read; null where it is read, or refused in one line, within bounds.</summary>
    public string? Problem(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string? problem = null;
        try
        {
            Read(file);
        }
        catch (Exception failure)
        {
            if (!IsRefusal(failure))
                problem = failure.ToString();
            else if (failure.Message.Any(char.IsControl) || failure.Message.Length > 2000)
                problem = $"the message is not a line, or controls the terminal: {failure.Message}";
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (bytes > MostBytes)
            problem ??= $"it took {bytes >> 20} MB";
        return problem ?? (clock.Elapsed > Longest ? $"it took {clock.Elapsed.TotalSeconds:F0} s" : null);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
