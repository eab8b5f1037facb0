using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Zssr.App.Devices;
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
        bool isAuto = arguments.Name(parsed).Equals(DeviceSelector.Auto, StringComparison.OrdinalIgnoreCase);
        using Device device = isAuto ? arguments.Open(parsed) : Device.Open(arguments.Name(parsed), arguments.Options(parsed));
        Console.WriteLine($"Testing {device.Name}: {device.Info.Description}, {device.Info.Driver}");
        if (!device.Info.SupportsFloat64)
            Console.WriteLine("It has no float64, so gradients, which need it, are not checked.");

        var results = new List<SelfTestResult>();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("op", "results", "gradients", "seconds", "verdict");
        foreach (SelfTestResult result in SelfTest.RunAll(device))
        {
            results.Add(result);
            table.AddRow(
                Markup.Escape(result.Op),
                result.ParityChecks.ToString(CultureInfo.InvariantCulture),
                result.GradientChecks.ToString(CultureInfo.InvariantCulture),
                result.Time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture),
                result.Passed ? "right" : $"WRONG ({result.Failures.Count})");
        }

        AnsiConsole.Write(table);
        string[] failures = [.. results.SelectMany(result => result.Failures)];
        foreach (string failure in failures.Take(FailuresShown))
            Console.WriteLine(failure);
        if (failures.Length > FailuresShown)
            Console.WriteLine($"and {failures.Length - FailuresShown} more");
        int checks = results.Sum(result => result.ParityChecks + result.GradientChecks);
        Console.WriteLine(failures.Length == 0
            ? $"{device.Name} is right: all {checks} checks passed."
            : $"{device.Name} computes wrongly: {failures.Length} of {checks} checks failed. Update its driver, or use another device.");
        if (failures.Length == 0)
            new SelfTestFile(SelfTestFile.DefaultPath).Remember(device);
        return failures.Length == 0 ? CommandLine.Success : CommandLine.Failure;
    }
}
