using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Zssr.Tests.App;

/// <summary>How a run of the program ended.</summary>
/// <param name="Exit">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProcessResult(int Exit, string Output, string Error)
{
    /// <summary>The lines on standard error.</summary>
    public string[] ErrorLines => Lines(Error);

    /// <summary>The lines on standard output.</summary>
    public string[] OutputLines => Lines(Output);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The real program in a process of its own. Ends with the test at the latest.</summary>
public sealed class ZssrProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output, _error;
    private readonly StringBuilder _outputSoFar = new(), _errorSoFar = new();

    /// <summary>Starts the program.</summary>
    /// <param name="folder">Its working folder.</param>
    /// <param name="home">Where it keeps the user's data: the verdict of the device's self-test.</param>
    /// <param name="args">The command line.</param>
    public ZssrProcess(string folder, string home, params string[] args)
        : this(folder, home, "dotnet", [Program, .. args])
    {
    }

    private ZssrProcess(string folder, string home, string command, string[] args)
    {
        var start = new ProcessStartInfo(command, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        SetEnvironment(start, home);
        start.Environment["ZSSR"] = Program;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = Read(_process.StandardOutput, _outputSoFar);
        _error = Read(_process.StandardError, _errorSoFar);
    }

    /// <summary>The user's data in the tests' home, and the program's own variables as they are for most.</summary>
    internal static void SetEnvironment(ProcessStartInfo start, string home)
    {
        IgnoredSignals.HearAgain();
        (start.Environment["HOME"], start.Environment["XDG_DATA_HOME"]) = (home, home);
        start.Environment.Remove("ZSSR_PORTABLE");
        start.Environment.Remove("ZSSR_MEMORY_LIMIT");
        // What .NET measures to compile long runs better costs a third of a short one.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
    }

    /// <summary>Starts a script for bash, in which <c>zssr</c> is the program, and <c>exec_zssr</c> the program in place of the shell.</summary>
    public static ZssrProcess Script(string folder, string home, string script) =>
        new(
            folder, home, "bash",
            ["-c", "zssr() { dotnet \"$ZSSR\" \"$@\"; }; exec_zssr() { exec dotnet \"$ZSSR\" \"$@\"; }\n" + script]);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "zssr.dll");

    /// <summary>The id of its process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What the program has written to standard output so far, in whole lines.</summary>
    public string[] OutputLinesSoFar
    {
        get
        {
            lock (_outputSoFar)
                return _outputSoFar.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>What the program has written to standard error so far, in whole lines.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_errorSoFar)
                return _errorSoFar.ToString();
        }
    }

    /// <summary>Waits for the end of the program.</summary>
    public ProcessResult Wait()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
            Assert.Fail($"the program did not end: {_error.Result}");
        }

        return new ProcessResult(_process.ExitCode, _output.Result, _error.Result);
    }

    /// <summary>Waits until something is so, and fails where the program ends before.</summary>
    public void WaitUntil(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.That(_process.HasExited, Is.False, "the program ended too early");
            Assert.That(clock.Elapsed, Is.LessThan(Patience));
            Thread.Sleep(10);
        }
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero, "the program was still there to get the signal");
    }

    /// <summary>Ends the program at once, wherever it is; does nothing where it has ended.</summary>
    public void Kill() => _process.Kill();

    private static async Task<string> Read(StreamReader reader, StringBuilder soFar)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (soFar)
                soFar.Append(line).Append('\n');
        }

        lock (soFar)
            return soFar.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
