using System.Diagnostics;
using Zssr.Autograd.Checking;
using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>What a self-test found out about one op.</summary>
/// <param name="Op">The op's name.</param>
/// <param name="ParityChecks">How many results were compared with their references.</param>
/// <param name="GradientChecks">How many cases had their gradients checked.</param>
/// <param name="Failures">What was wrong, a sentence each.</param>
/// <param name="Time">How long it took.</param>
public sealed record SelfTestResult(string Op, int ParityChecks, int GradientChecks, IReadOnlyList<string> Failures, TimeSpan Time)
{
    /// <summary>Whether everything was right.</summary>
    public bool Passed => Failures.Count == 0;
}

/// <summary>Runs the op cases on a device: a driver that computes wrongly in silence is the worst failure there is.</summary>
public static class SelfTest
{
    /// <summary>
    /// Every case in every type that the device has, and, where it has float64, every gradient. One result an op, as they come.
    /// </summary>
    public static IEnumerable<SelfTestResult> RunAll(Device device, CancellationToken cancellation = default) =>
        Run(device, OpCases.All, withGradients: true, cancellation);

    /// <summary>A few cases in float32: enough to notice a broken driver, in less than a second.</summary>
    /// <returns>Null where the device computes rightly; otherwise what is wrong, naming the op.</returns>
    public static string? RunQuick(Device device) => FirstFailure(device, OpCases.Quick);

    /// <summary>The first failure of some cases in float32, or null.</summary>
    public static string? FirstFailure(Device device, IEnumerable<OpCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return cases
            .Where(opCase => opCase.Fits(device))
            .Select(opCase => Guarded(() => Parity.Check(opCase, device, DType.Float32), opCase))
            .FirstOrDefault(failure => failure is not null);
    }

    private static IEnumerable<SelfTestResult> Run(
        Device device, IEnumerable<OpCase> cases, bool withGradients, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(device);
        foreach (IGrouping<string, OpCase> op in cases.GroupBy(opCase => opCase.Op))
        {
            var clock = Stopwatch.StartNew();
            var failures = new List<string>();
            int parity = 0, gradients = 0;
            foreach (OpCase opCase in op.Where(opCase => opCase.Fits(device)))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (DType dtype in TypesOf(device))
                {
                    parity++;
                    if (Guarded(() => Parity.Check(opCase, device, dtype), opCase) is { } failure)
                        failures.Add($"{failure} ({dtype.Name()})");
                }

                if (!withGradients || !device.Info.SupportsFloat64 || opCase.Function is null || !opCase.ChecksGradient)
                    continue;
                gradients++;
                if (Guarded(() => CheckGradients(opCase, device), opCase) is { } wrong)
                    failures.Add(wrong);
            }

            yield return new SelfTestResult(op.Key, parity, gradients, failures, clock.Elapsed);
        }
    }

    /// <returns>Null where the first derivatives of a case are right; otherwise what is wrong.</returns>
    private static string? CheckGradients(OpCase opCase, Device device)
    {
        GradCheckReport report = GradientChecks.Run(opCase, device, new GradCheckOptions { Mode = GradientChecks.ModeFor(device) });
        return report.Passed ? null : $"{opCase}: {report}";
    }

    private static IEnumerable<DType> TypesOf(Device device) =>
        device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    /// <summary>A driver that refuses a kernel is a finding like a wrong number, not the end of the test.</summary>
    private static string? Guarded(Func<string?> check, OpCase opCase)
    {
        try
        {
            return check();
        }
        catch (DeviceException failure)
        {
            return $"{opCase}: {failure.Message}";
        }
    }
}
