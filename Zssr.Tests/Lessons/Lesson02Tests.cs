using Zssr.Lessons;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 2: a kernel.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson02), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson02), Category = "Lesson02")]
public sealed class Lesson02Tests<T>
    where T : ILesson02
{
    // More elements than work-items, so that each work-item has several.
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(2_000_003)]
    [WaitsWhileBlank]
    public void The_negative_is_right_on_the_processor(int count) => Check(OpenDevices.Get(TestDevice.Cpu), count);

    [TestCase(2_000_003)]
    [WaitsWhileBlank]
    [Needs(Need.Pocl)]
    public void The_same_kernel_runs_on_OpenCL(int count) => Check(OpenDevices.Get(TestDevice.Pocl), count);

    private static void Check(Device device, int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => i % 257 / 256f)];
        using Tensor x = Tensor.From(device, [count], values);
        using Tensor y = T.Negative(x);
        Assert.That(y.Shape, Is.EqualTo(x.Shape));
        float[] negative = y.ToArray();
        Assert.That(Enumerable.Range(0, count).Where(i => negative[i] != 1 - values[i]), Is.Empty, "places where it is wrong");
        Assert.That(x.ToArray(), Is.EqualTo(values), "x must stay as it is");
    }
}
