using Zssr.Lessons;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Lessons;

/// <summary>Lesson 8: eight opinions.</summary>
[TestFixture(typeof(Zssr.Lessons.Solutions.Lesson08), Category = "LessonSolutions")]
[TestFixture(typeof(Zssr.Lessons.Exercises.Lesson08), Category = "Lesson08")]
public sealed class Lesson08Tests<T>
    where T : ILesson08
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    [WaitsWhileBlank]
    public void Where_all_agree_the_result_is_theirs()
    {
        using Tensor image = RandomTensors.Uniform(Device, [1, 5, 7, 3], seed: 1);
        using Tensor result = T.SelfEnsemble(image, x => Resize.ImResize(x, 2, 2));
        using Tensor plain = Resize.ImResize(image, 2, 2);
        Assert.That(result.Shape, Is.EqualTo(plain.Shape));
        Assert.That(result.ToDoubles(), Is.EqualTo(plain.ToDoubles()).Within(1e-5));
    }

    [Test]
    [WaitsWhileBlank]
    public void Where_they_differ_the_median_counts()
    {
        using Tensor image = RandomTensors.Uniform(Device, [1, 4, 6, 2], seed: 2), noise = RandomTensors.Uniform(Device, [8 * 48 * 4], seed: 3);
        float[] disturbance = noise.ToArray();
        int calls = 0;
        var places = new HashSet<int>();
        Tensor Enlarge(Tensor x)
        {
            // Each opinion is wrong by the same amount wherever its copy lies, so that the order of the calls does not matter. The corner
            // tells the turns, and its neighbour whether the copy is mirrored.
            using Tensor large = Resize.ImResize(x, 2, 2);
            float[] elements = x.ToArray();
            int place = (int)((elements[0] + 2 * elements[2]) * 500);
            places.Add(place);
            calls++;
            return Elementwise.Add(large, disturbance[place]);
        }

        using Tensor result = T.SelfEnsemble(image, Enlarge);
        Assert.That(calls, Is.EqualTo(8));
        Assert.That(places, Has.Count.EqualTo(8), "each of the eight copies is another");
        var expected = new List<double[]>();
        foreach (Variant variant in Variant.Eight)
        {
            using Tensor seen = variant.Apply(image);
            using Tensor large = Enlarge(seen);
            using Tensor upright = variant.Undo(large);
            expected.Add(upright.ToDoubles());
        }

        double[] medians =
        [
            .. Enumerable.Range(0, expected[0].Length).Select(i => expected.Select(opinion => opinion[i]).Order().ToArray())
                .Select(sorted => (sorted[3] + sorted[4]) / 2),
        ];
        Assert.That(result.ToDoubles(), Is.EqualTo(medians).Within(1e-6));
    }
}
