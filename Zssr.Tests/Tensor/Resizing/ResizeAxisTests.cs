using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>What every resize table must hold, whichever rule made it.</summary>
public sealed class ResizeAxisTests
{
    public static IEnumerable<TestCaseData> AllTables()
    {
        foreach (InterpolationMode mode in Enum.GetValues<InterpolationMode>())
        {
            yield return Case($"{mode} 13 to 31", ResizeAxis.Interpolate(13, 31, mode));
            yield return Case($"{mode} 31 to 13", ResizeAxis.Interpolate(31, 13, mode));
            yield return Case($"{mode} 13 to 20 aligned", ResizeAxis.Interpolate(13, 20, mode, alignCorners: true));
        }

        foreach (ResizeKernel kernel in Enum.GetValues<ResizeKernel>())
        {
            foreach (ResizeBorder border in Enum.GetValues<ResizeBorder>())
            {
                foreach (double scale in new[] { 0.1, 1.0 / 3, 0.6667, 1, 1.5, 3 })
                {
                    var axis = ResizeAxis.ImResize(17, scale, kernel: kernel, border: border);
                    yield return Case($"imresize {kernel} {border} {scale:G3}", axis);
                }
            }
        }

        foreach (MirrorMode mode in Enum.GetValues<MirrorMode>())
            yield return Case($"{mode} padding", ResizeAxis.MirrorPad(5, 12, 7, mode));

        static TestCaseData Case(string name, ResizeAxis axis) => new TestCaseData(axis).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(AllTables))]
    public void Weights_of_each_output_pixel_sum_to_1_so_that_flat_images_stay_flat(ResizeAxis axis)
    {
        for (int i = 0; i < axis.OutputLength; i++)
            Assert.That(axis.Weights.AsSpan(i * axis.Taps, axis.Taps).ToArray().Sum(), Is.EqualTo(1).Within(1e-12), $"row {i}");
    }

    [TestCaseSource(nameof(AllTables))]
    public void Every_index_is_valid_also_where_the_weight_is_0(ResizeAxis axis)
    {
        Assert.That(axis.Indices, Has.Length.EqualTo(axis.OutputLength * axis.Taps));
        Assert.That(axis.Weights, Has.Length.EqualTo(axis.OutputLength * axis.Taps));
        Assert.That(axis.Indices, Is.All.InRange(0, axis.InputLength - 1));
        ResizeAxis adjoint = axis.Transpose();
        Assert.That(adjoint.Indices, Is.All.InRange(0, adjoint.InputLength - 1));
    }

    [TestCaseSource(nameof(AllTables))]
    public void Transpose_is_the_adjoint(ResizeAxis axis)
    {
        double[] x = Tables.Noise(axis.InputLength, seed: 1);
        double[] y = Tables.Noise(axis.OutputLength, seed: 2);

        double forward = Tables.Dot(Tables.Apply(axis, x), y);
        double backward = Tables.Dot(x, Tables.Apply(axis.Transpose(), y));

        Assert.That(backward, Is.EqualTo(forward).Within(1e-12));
    }

    [TestCaseSource(nameof(AllTables))]
    public void Transposing_twice_gives_the_same_map(ResizeAxis axis)
    {
        double[] x = Tables.Noise(axis.InputLength, seed: 3);

        Assert.That(Tables.Apply(axis.Transpose().Transpose(), x), Is.EqualTo(Tables.Apply(axis, x)).Within(1e-12));
    }

    [Test]
    public void The_adjoint_works_where_input_pixels_are_never_used()
    {
        // Thinned out without antialiasing, 16 → 2 pixels use only four of the sixteen.
        ResizeAxis adjoint = ResizeAxis.Interpolate(16, 2, InterpolationMode.Bilinear).Transpose();

        Assert.That(Tables.Apply(adjoint, [1, 1]).Count(weight => weight != 0), Is.EqualTo(4));
    }

    [Test]
    public void Only_a_table_that_copies_is_called_the_identity()
    {
        Assert.That(ResizeAxis.ImResize(9, 1).IsIdentity, Is.True);
        Assert.That(ResizeAxis.MirrorPad(9, 0, 0).IsIdentity, Is.True);
        Assert.That(ResizeAxis.MirrorPad(9, 1, 0).IsIdentity, Is.False);
        Assert.That(ResizeAxis.ImResize(9, 1.1, outputLength: 9).IsIdentity, Is.False);
    }
}
