using NUnit.Framework.Interfaces;
using Zssr.Tests.Devices;

namespace Zssr.Tests;

/// <summary>
/// Says that the tests of a class share nothing with others: they wait for programs that they have started, or compute with what is their
/// own. They run in <see cref="Lane.Apart"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsApartAttribute : Attribute;

/// <summary>Says of a class that, unlike the class that it is derived from, its tests share what this process has.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsHereAttribute : Attribute;

/// <summary>
/// Tests run in three lanes side by side. In two of them there is one test at a time: in <see cref="Here"/> tests share the console, the
/// environment and devices; in <see cref="Beside"/> they share devices, which are not those of the other lane. In <see cref="Apart"/>
/// there are several at a time, which share nothing.
/// </summary>
/// <remarks>
/// NUnit alone would first run all classes that may run side by side, then all others: the processors would idle through much of both.
/// Here every class may start, on a worker of its own, and each test waits until its lane has room. Tests that measure memory count what
/// their own thread allocates.
/// </remarks>
internal sealed class Lane
{
    /// <summary>Tests that share what this process has.</summary>
    public static readonly Lane Here = new(1);

    /// <summary>Those that compute with the library alone, on devices that open at once.</summary>
    public static readonly Lane Beside = new(1);

    /// <summary>Tests that share nothing: as many as there are processors, and two at least, for programs also wait.</summary>
    public static readonly Lane Apart = new(Math.Max(2, Environment.ProcessorCount));

    private static readonly string[] NamespacesBeside = ["Zssr.Tests.Autograd.Verification", "Zssr.Tests.Golden", "Zssr.Tests.Nn"];

    private readonly object _gate = new();
    private int _room;

    private Lane(int tests) => _room = tests;

    /// <summary>The lane of a test, or of a class of tests.</summary>
    public static Lane Of(ITest test)
    {
        if (Says<RunsApartAttribute>(test) && !Says<RunsHereAttribute>(test))
            return Apart;
        string name = test.TypeInfo?.Namespace ?? "";
        return NamespacesBeside.Any(beside => name == beside || name.StartsWith(beside + ".", StringComparison.Ordinal)) && !Compiles(test)
            ? Beside : Here;
    }

    /// <summary>Whether it runs on a device whose driver compiles kernels, for seconds: the process opens those once.</summary>
    private static bool Compiles(ITest? test) =>
        test is not null && (test.Arguments.OfType<TestDevice>().Any(device => !device.IsEverywhere) || Compiles(test.Parent));

    private static bool Says<TAttribute>(ITest test) => test.TypeInfo?.Type.IsDefined(typeof(TAttribute), inherit: true) == true;

    /// <summary>Waits until the lane has room.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            while (_room == 0)
                Monitor.Wait(_gate);
            _room--;
        }
    }

    /// <summary>Makes room for another test.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _room++;
            Monitor.Pulse(_gate);
        }
    }
}
