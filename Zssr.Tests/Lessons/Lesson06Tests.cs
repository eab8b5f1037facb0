using Zssr.Lessons;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 6: father and son.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson06), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson06), Category = "Lesson06")]
public sealed class Lesson06Tests<T>
    where T : ILesson06
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(2)]
    [TestCase(3)]
    [WaitsWhileBlank]
    public void The_son_is_the_recipes(int scale)
    {
        using Tensor father = RandomTensors.Uniform(Device, [1, 12, 18, 3], seed: 1);
        using Tensor son = T.Son(father, scale);
        Assert.That(son.Shape, Is.EqualTo(father.Shape));
        var rescaling = new ImResizeRescaling();
        using Tensor small = rescaling.Shrink(father, new Scale(scale), 12 / scale, 18 / scale);
        using Tensor expected = rescaling.Enlarge(small, new Scale(scale), 12, 18);
        Assert.That(son.ToDoubles(), Is.EqualTo(expected.ToDoubles()).Within(1e-6));
    }

    [Test]
    [WaitsWhileBlank]
    public void Fine_stripes_are_lost_and_their_mean_stays()
    {
        using Tensor father = Tensor.From(Device, [1, 16, 16, 1], [.. Enumerable.Range(0, 256).Select(i => i % 2 == 0 ? 0f : 1f)]);
        using Tensor son = T.Son(father, 2);
        float[] pixels = son.ToArray();
        Assert.That(pixels.Average(), Is.EqualTo(0.5).Within(1e-3));
        Assert.That(pixels.Max() - pixels.Min(), Is.InRange(0, 0.5), "what is finer than two pixels cannot be in the small picture");
    }
}
