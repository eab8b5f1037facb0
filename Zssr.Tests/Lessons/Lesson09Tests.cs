using Zssr.Lessons;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 9: shrunk again, it must be the picture.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson09), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson09), Category = "Lesson09")]
public sealed class Lesson09Tests<T>
    where T : ILesson09
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    [WaitsWhileBlank]
    public void A_round_is_the_engines()
    {
        using Tensor y = RandomTensors.Uniform(Device, [1, 10, 12, 3], seed: 1), x = RandomTensors.Uniform(Device, [1, 5, 6, 3], seed: 2);
        using Tensor result = T.Round(y, x);
        using Tensor expected = BackProjection.Apply(y, x, new ImResizeRescaling(), new Scale(2), rounds: 1);
        Assert.That(result.ToDoubles(), Is.EqualTo(expected.ToDoubles()).Within(1e-6));
    }

    [Test]
    [WaitsWhileBlank]
    public void Round_by_round_the_picture_fits_better()
    {
        using Tensor truth = RandomTensors.Uniform(Device, [1, 16, 16, 1], seed: 3, low: 0.3f, high: 0.7f);
        using Tensor small = Resize.ImResize(truth, 0.5, 0.5);
        Tensor y = Tensor.Full(Device, truth.Shape, 0.5);
        double before = Misfit(y, small);
        for (int round = 0; round < 5; round++)
        {
            Tensor next = T.Round(y, small);
            y.Dispose();
            y = next;
            double now = Misfit(y, small);
            Assert.That(now, Is.InRange(0, before));
            before = now;
        }

        y.Dispose();
    }

    private static double Misfit(Tensor enlarged, Tensor small)
    {
        using Tensor shrunk = Resize.ImResize(enlarged, 0.5, 0.5);
        return shrunk.ToDoubles().Zip(small.ToDoubles(), (a, b) => (a - b) * (a - b)).Sum();
    }
}
