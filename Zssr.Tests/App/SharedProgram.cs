using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Zssr.App.Commands;
using Zssr.App.Files;

namespace Zssr.Tests.App;

/// <summary>
/// The program in a process that runs one command line after the other, for tests in which the process is not the point: a start takes a
/// second of work, most of it compilation. Tests of signals, kills and streams start <see cref="ZssrProcess"/>es of their own.
/// </summary>
internal sealed class SharedProgram : IDisposable
{
    /// <summary>The first argument of the test program that asks for such a process.</summary>
    public const string Verb = "zssr-commands";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly ConcurrentBag<SharedProgram> Idle = [];

    private readonly Process _process;

    private SharedProgram(string home)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SharedProgram).Assembly.Location, Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        ZssrProcess.SetEnvironment(start, home);
        _process = Process.Start(start)!;
    }

    /// <summary>One command line, and where and with how many megabytes for tensors it runs.</summary>
    private sealed record Request(string Folder, string? MemoryLimit, string[] Args);

    /// <summary>Runs a command line in a process that no other test uses meanwhile.</summary>
    public static ProcessResult Run(string folder, string home, string? memoryLimit, string[] args)
    {
        if (!Idle.TryTake(out SharedProgram? program))
            program = new SharedProgram(home);
        try
        {
            ProcessResult result = program.Ask(new Request(folder, memoryLimit, args));
            Idle.Add(program);
            return result;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Ends all of them.</summary>
    public static void EndAll()
    {
        while (Idle.TryTake(out SharedProgram? program))
            program.Dispose();
    }

    /// <summary>The process: a command line for each line on standard input, and a line with its end on standard output.</summary>
    public static void Serve()
    {
        TextWriter answers = Console.Out;
        while (Console.ReadLine() is { } line)
            answers.WriteLine(JsonSerializer.Serialize(Run(JsonSerializer.Deserialize<Request>(line)!)));
    }

    private static ProcessResult Run(Request request)
    {
        Environment.CurrentDirectory = request.Folder;
        Environment.SetEnvironmentVariable("ZSSR_MEMORY_LIMIT", request.MemoryLimit);
        using StringWriter output = new(), error = new();
        Console.SetOut(output);
        Console.SetError(error);
        // As Program.cs.
        StandardStreams.Guard();
        int exit = CommandLine.Run(RootCommands.Create(), request.Args);
        Environment.CurrentDirectory = Path.GetTempPath();
        return new ProcessResult(exit, output.ToString(), error.ToString());
    }

    private ProcessResult Ask(Request request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(Patience))
            Assert.Fail($"the program did not end: zssr {string.Join(' ', request.Args)}");
        Assert.That(answer.Result, Is.Not.Null, $"the program broke down: zssr {string.Join(' ', request.Args)}");
        return JsonSerializer.Deserialize<ProcessResult>(answer.Result!)!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
