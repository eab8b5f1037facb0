using Zssr.Autograd;
using Zssr.Lessons;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 5: the network.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson05), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson05), Category = "Lesson05")]
public sealed class Lesson05Tests<T>
    where T : ILesson05
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(true, true, true)]
    [TestCase(true, false, false)]
    [TestCase(false, true, false)]
    [TestCase(false, false, true)]
    [WaitsWhileBlank]
    public void The_block_is_the_definition(bool hasBias, bool hasRelu, bool isResidual)
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 4, 5, 2], seed: 1, low: -1, dtype: DType.Float64);
        using Tensor w = RandomTensors.Uniform(Device, [3, 3, 2, 2], seed: 2, low: -1, dtype: DType.Float64);
        using Tensor b = RandomTensors.Uniform(Device, [2], seed: 3, low: -1, dtype: DType.Float64);
        using var tape = new Tape();
        Variable y = T.Block(tape.Constant(x), tape.Constant(w), hasBias ? tape.Constant(b) : null, hasRelu, isResidual);
        Assert.That(y.Shape, Is.EqualTo(x.Shape));
        double[] expected = Definition(x.ToDoubles(), w.ToDoubles(), hasBias ? b.ToDoubles() : [0, 0], hasRelu, isResidual);
        Assert.That(y.Value.ToDoubles(), Is.EqualTo(expected).Within(1e-12));
    }

    [TestCase(8, 64, 3, 3, true)]
    [TestCase(8, 32, 1, 3, false)]
    [TestCase(1, 16, 3, 5, true)]
    [TestCase(2, 7, 4, 1, false)]
    [WaitsWhileBlank]
    public void Parameters_are_counted(int depth, int width, int channels, int kernelSize, bool hasBias)
    {
        var settings = new NetworkSettings
        {
            Depth = depth,
            Width = width,
            KernelSize = kernelSize,
            Form = hasBias ? NetworkForm.BlockResiduals : NetworkForm.GlobalResidual,
        };
        using var network = new ZssrNetwork(Device, settings, channels, seed: 1);
        Assert.That(
            T.ParameterCount(depth, width, channels, kernelSize, hasBias),
            Is.EqualTo(network.Parameters.Sum(parameter => parameter.Value.Count)));
    }

    // A single pixel is changed; how far away does the output change?
    [TestCase(1, 3)]
    [TestCase(4, 3)]
    [TestCase(2, 5)]
    [TestCase(3, 1)]
    [WaitsWhileBlank]
    public void The_reach_is_where_changes_end(int depth, int kernelSize)
    {
        var settings = new NetworkSettings { Depth = depth, Width = 4, KernelSize = kernelSize, Form = NetworkForm.BlockResiduals };
        using var network = new ZssrNetwork(Device, settings, channels: 1, seed: 1, DType.Float64);
        const int Side = 21, Middle = 10;
        double[] plain = new double[Side * Side];
        Array.Fill(plain, 0.5);
        double[] changed = [.. plain];
        changed[Middle * Side + Middle] = 0.9;
        using Tensor x = Tensor.From(Device, [1, Side, Side, 1], plain), z = Tensor.From(Device, [1, Side, Side, 1], changed);
        using Tensor y = network.Infer(x), other = network.Infer(z);
        double[] before = y.ToDoubles(), after = other.ToDoubles();
        int farthest = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Max(i => Math.Abs(i / Side - Middle));
        Assert.That(T.Reach(depth, kernelSize), Is.EqualTo(farthest));
    }

    private static double[] Definition(double[] x, double[] w, double[] b, bool hasRelu, bool isResidual)
    {
        var y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            (int row, int column, int k) = (i / 10, i / 2 % 5, i % 2);
            double sum = b[k];
            for (int tap = 0; tap < 9; tap++)
            {
                (int r, int c) = (row + tap / 3 - 1, column + tap % 3 - 1);
                if (r is >= 0 and < 4 && c is >= 0 and < 5)
                    sum += x[(r * 5 + c) * 2] * w[tap * 4 + k] + x[(r * 5 + c) * 2 + 1] * w[tap * 4 + 2 + k];
            }

            y[i] = (hasRelu ? Math.Max(sum, 0) : sum) + (isResidual ? x[i] : 0);
        }

        return y;
    }
}
