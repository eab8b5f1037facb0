using System.CommandLine;
using System.Globalization;
using Zssr.App.Devices;
using Zssr.App.Errors;
using Zssr.App.Options;
using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr selftest</c>: every op's results and gradients on the user's own device.</summary>
internal static class SelfTestCommand
{
    private const int FailuresShown = 20;

    public static Command Create()
    {
        var command = new Command(
            "selftest", "Check every op on a device against plain float64 code, and its gradients against differences.");
        var device = new DeviceArguments(command, defaultDevice: DeviceName.Cpu.ToString());
        command.SetAction(parsed => Run(parsed, device));
        return command;
    }

    private static int Run(ParseResult parsed, DeviceArguments arguments)
    {
        // A device that is named is tested whatever the short test says of it: finding out more is the point.
        bool isAuto = DeviceSelector.IsAuto(arguments.Name(parsed));
        using Device device = isAuto ? arguments.Open(parsed) : Device.Open(arguments.Name(parsed), arguments.Options(parsed));
        Console.WriteLine($"Testing {device.Name}: {device.Info.Description}, {device.Info.Driver}");
        if (!device.Info.SupportsFloat64)
            Console.WriteLine("It has no float64, so gradients are not checked, because they need it.");
        int exit = Report(device.Name, SelfTest.RunAll(device));
        if (exit == ExitCodes.Success)
            new SelfTestFile(SelfTestFile.DefaultPath).Remember(device);
        return exit;
    }

    /// <summary>Prints a table row for each op as its result comes, then what was wrong and the verdict.</summary>
    /// <returns>The exit code: failure if any check failed.</returns>
    internal static int Report(DeviceName device, IEnumerable<SelfTestResult> results)
    {
        PrintRow("op", "results", "gradients", "seconds", "verdict");
        var failures = new List<string>();
        int checks = 0;
        foreach (SelfTestResult result in results)
        {
            checks += result.ParityChecks + result.GradientChecks;
            failures.AddRange(result.Failures);
            string seconds = result.Time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
            string verdict = result.Passed ? "right" : $"WRONG ({result.Failures.Count})";
            PrintRow(result.Op, result.ParityChecks, result.GradientChecks, seconds, verdict);
        }

        foreach (string failure in failures.Take(FailuresShown))
            Console.WriteLine(failure);
        if (failures.Count > FailuresShown)
            Console.WriteLine($"and {failures.Count - FailuresShown} more");
        Console.WriteLine(failures.Count == 0
            ? $"{device} is right: all {checks} checks passed."
            : $"{device} computes incorrectly: {failures.Count} of {checks} checks failed. Update its driver, or use another device.");
        return failures.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void PrintRow(string op, object results, object gradients, string seconds, string verdict) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{op,-24} {results,8} {gradients,10} {seconds,8}  {verdict}"));
}
