using NUnit.Framework.Interfaces;

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
/// Tests run in two lanes side by side. In one there is one test at a time: its tests share devices, the console and the environment. In
/// the other there are several, which share nothing.
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

    /// <summary>Tests that share nothing: as many as there are processors, and two at least, for programs also wait.</summary>
    public static readonly Lane Apart = new(Math.Max(2, Environment.ProcessorCount));

    private readonly object _gate = new();
    private int _room;

    private Lane(int tests) => _room = tests;

    /// <summary>The lane of a test.</summary>
    public static Lane Of(ITest test) => Says<RunsApartAttribute>(test) && !Says<RunsHereAttribute>(test) ? Apart : Here;

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
