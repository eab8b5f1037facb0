using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Training;

[TestFixture]
public sealed class AllocationTests
{
    [TestCase(NetworkForm.BlockResiduals)]
    [TestCase(NetworkForm.GlobalResidual)]
    public void A_steady_step_allocates_less_than_13_KB_of_managed_memory(NetworkForm form)
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using var network = new ZssrNetwork(device, new NetworkSettings { Form = form }, channels: 3, seed: 1);
        using var optimizer = new Adam(network.Parameters);
        using Tensor x = RandomTensors.Uniform(device, [1, 16, 16, 3], seed: 2), target = RandomTensors.Uniform(device, [1, 16, 16, 3], seed: 3);
        using var tape = new Tape();
        for (int i = 0; i < 5; i++)
            Step(network, optimizer, tape, x, target);

        const int Steps = 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Steps; i++)
            Step(network, optimizer, tape, x, target);
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Steps;

        TestContext.Out.WriteLine($"{bytes} bytes a step");
        Assert.That(bytes, Is.LessThan(13_000));
    }

    private static void Step(ZssrNetwork network, Adam optimizer, Tape tape, Tensor x, Tensor target)
    {
        tape.Backward(L1LossFunction.Apply(network.Forward(tape.Constant(x)), tape.Constant(target)));
        optimizer.Step(tape, learningRate: 1e-3);
        tape.Clear();
    }
}
