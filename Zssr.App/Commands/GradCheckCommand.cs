using System.CommandLine;
using System.Globalization;
using Zssr.App.Errors;
using Zssr.App.Options;
using Zssr.App.Settings;
using Zssr.Autograd.Checking;
using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr gradcheck</c>: the gradient checker on the built-in functions.</summary>
internal static class GradCheckCommand
{
    private static readonly Argument<string?> Op = new("OP")
    {
        Description = "A function, such as conv2d; by default all. `--list` names them.",
        DefaultValueFactory = _ => null,
    };

    private static readonly Option<bool> List = new("--list") { Description = "List the functions and their cases." };
    private static readonly Option<int> Order = NumberOption.Create("--order", "1: gradients. 2 and 3: derivatives up to that order.", 1, 3, 1);
    private static readonly Option<string?> Mode = ChoiceOption.CreateOptional(
        "--mode",
        "full: every entry of the Jacobian; projected: random directions; sampled: some elements. "
        + "By default full on cpu, projected elsewhere.",
        [.. Enum.GetValues<GradCheckMode>().Select(SettingText.Show)]);

    private static readonly Option<int> Samples =
        NumberOption.Create("--samples", "How many elements the mode sampled checks.", 1, int.MaxValue, new GradCheckOptions().Samples);

    private static readonly Option<int> Repeats = NumberOption.Create(
        "--repeats", "How often each backward pass is repeated to see whether it gives the same.", 2, 1_000_000, new GradCheckOptions().Repeats);

    private static readonly Option<double> Epsilon =
        NumberOption.Create("--eps", "How far inputs are moved, down and up.", 1e-12, 1, new GradCheckOptions().Epsilon);

    private static readonly Option<double> AbsoluteTolerance =
        NumberOption.Create("--atol", "The allowed absolute difference.", 0, double.MaxValue, new GradCheckOptions().AbsoluteTolerance);

    private static readonly Option<double> RelativeTolerance =
        NumberOption.Create("--rtol", "The allowed relative difference.", 0, double.MaxValue, new GradCheckOptions().RelativeTolerance);

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object per line for each case." };

    public static Command Create()
    {
        var command = new Command(
            "gradcheck", "Check the gradients of the built-in functions against differences of their values, and print the reports.")
        {
            Op, List, Order, Mode, Samples, Repeats, Epsilon, AbsoluteTolerance, RelativeTolerance, Json,
        };
        var device = new DeviceArguments(command, defaultDevice: DeviceName.Cpu.ToString());
        command.SetAction(parsed => parsed.GetValue(List) ? PrintList() : Run(parsed, device));
        return command;
    }

    private static int PrintList()
    {
        foreach (IGrouping<string, OpCase> op in GradientChecks.Cases.GroupBy(opCase => opCase.Op))
        {
            string cases = string.Join("; ", op.Select(opCase => opCase.Variant).Where(variant => variant.Length > 0));
            Console.WriteLine($"{op.Key,-24} {cases}".TrimEnd());
        }

        return ExitCodes.Success;
    }

    private static int Run(ParseResult parsed, DeviceArguments arguments)
    {
        IReadOnlyList<OpCase> cases = CasesOf(parsed.GetValue(Op));
        using Device device = arguments.Open(parsed);
        if (!device.Info.SupportsFloat64)
        {
            throw new UsageException(
                $"gradient checks need float64, which {device.Name} ({device.Info.Description}) does not have. Use --device cpu.");
        }

        var options = new GradCheckOptions
        {
            Mode = parsed.GetValue(Mode) is { } mode ? SettingText.Name<GradCheckMode>(mode) : GradientChecks.ModeFor(device),
            Order = parsed.GetValue(Order),
            Samples = parsed.GetValue(Samples),
            Repeats = parsed.GetValue(Repeats),
            Epsilon = parsed.GetValue(Epsilon),
            AbsoluteTolerance = parsed.GetValue(AbsoluteTolerance),
            RelativeTolerance = parsed.GetValue(RelativeTolerance),
        };
        int wrong = 0;
        foreach (OpCase opCase in cases)
        {
            GradCheckReport report = GradientChecks.Run(opCase, device, options);
            wrong += report.Passed ? 0 : 1;
            Console.WriteLine(parsed.GetValue(Json) ? report.ToJson(opCase.ToString()) : $"{opCase}: {report}");
        }

        if (!parsed.GetValue(Json))
        {
            Console.WriteLine(wrong == 0
                ? $"{device.Name}: all {cases.Count} cases are right."
                : string.Create(CultureInfo.InvariantCulture, $"{device.Name}: {wrong} of {cases.Count} cases are WRONG."));
        }

        return wrong == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static IReadOnlyList<OpCase> CasesOf(string? op)
    {
        if (op is null)
            return GradientChecks.Cases;
        IReadOnlyList<OpCase> cases =
            [.. GradientChecks.Cases.Where(opCase => string.Equals(opCase.Op, op, StringComparison.OrdinalIgnoreCase))];
        if (cases.Count > 0)
            return cases;
        string known = string.Join(", ", GradientChecks.Cases.Select(opCase => opCase.Op).Distinct());
        throw new UsageException($"there is no function '{op}' with a gradient. There are: {known}.");
    }
}
