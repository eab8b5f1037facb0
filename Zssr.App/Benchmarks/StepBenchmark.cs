using System.Diagnostics;
using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Benchmarks;

/// <summary>
/// Times a training step of ZSSR's network, of 8 layers and 64 channels: forward, L1 loss, backward, and a step of Adam, on one image of
/// random numbers; and, in turn with it, the forward pass alone.
/// </summary>
internal sealed class StepBenchmark : IDisposable
{
    private const int FewestSamples = 8;

    private readonly Device _device;
    private readonly ZssrNetwork _network;
    private readonly Adam _optimizer;
    private readonly Tensor _input;
    private readonly Tensor _target;
    private readonly Tape _tape = new();

    /// <param name="device">Where it runs.</param>
    /// <param name="form">The article's network or the paper's.</param>
    /// <param name="size">Rows and columns of the image.</param>
    public StepBenchmark(Device device, NetworkForm form, int size)
    {
        _device = device;
        _network = new ZssrNetwork(device, new NetworkSettings { Form = form }, channels: 3, seed: 0);
        _optimizer = new Adam(_network.Parameters);
        _input = RandomTensors.Uniform(device, [1, size, size, 3], seed: 1);
        _target = RandomTensors.Uniform(device, [1, size, size, 3], seed: 2);
    }

    /// <summary>Repeats both for some seconds, and 8 times at least.</summary>
    public (Timing Forward, Timing Step) Run(double seconds)
    {
        List<double> forward = [], step = [];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || step.Count < FewestSamples)
        {
            forward.Add(Timing.Measure(Forward));
            step.Add(Timing.Measure(Step));
        }

        return (Timing.Of(forward), Timing.Of(step));
    }

    public void Dispose()
    {
        _tape.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _input.Dispose();
        _target.Dispose();
    }

    private void Forward()
    {
        using Tensor output = _network.Infer(_input);
        _device.Synchronize();
    }

    private void Step()
    {
        Variable loss = L1LossFunction.Apply(_network.Forward(_tape.Constant(_input)), _tape.Constant(_target));
        _tape.Backward(loss);
        _optimizer.Step(_tape, learningRate: 1e-3);
        _tape.Clear();
        _device.Synchronize();
    }
}
