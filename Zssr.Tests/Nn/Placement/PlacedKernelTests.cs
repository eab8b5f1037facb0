using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Placement;

/// <summary>Shrinking and enlarging where pixels lie elsewhere than in the middle of their blocks.</summary>
public sealed class PlacedKernelTests
{
    private static readonly BlurKernel Lopsided = BlurKernel.FromText("1 3 1\n2 5 0\n0 2 1");

    [Test]
    public void Placed_first_shrinking_is_the_kernel_on_every_blocks_first_pixel([Values(2, 3)] int scale)
    {
        Image large = PlainImages.Noise(6 * scale, 7 * scale, 3, seed: 1);
        double[,] k = { { 1, 3, 1 }, { 2, 5, 0 }, { 0, 2, 1 } };
        Image expected = PlainImages.Of(6, 7, 3, (i, j, c) =>
        {
            double sum = 0;
            for (int u = 0; u < 3; u++)
            {
                for (int v = 0; v < 3; v++)
                    sum += k[u, v] / 15 * large[Mirror(i * scale + u - 1), Mirror(j * scale + v - 1), c];
            }

            return sum;
        });
        using Tensor x = large.On(SmallRuns.Cpu);
        using Tensor small = Placed(Lopsided, KernelPlacement.First).Shrink(x, new Scale(scale), 6, 7);

        small.Plain().AssertEquals(expected, 1e-6);

        static int Mirror(int at) => at < 0 ? -1 - at : at;
    }

    [Test]
    public void A_whole_number_further_is_the_pixel_after_it()
    {
        Image large = PlainImages.Noise(12, 14, 1, seed: 2);
        using Tensor x = large.On(SmallRuns.Cpu);
        using Tensor last = Placed(BlurKernel.FromText("1"), KernelPlacement.At(1, 0)).Shrink(x, new Scale(2), 6, 7);

        last.Plain().AssertEquals(PlainImages.Of(6, 7, 1, (i, j, c) => large[2 * i + 1, 2 * j, c]), 1e-6);
    }

    [Test]
    public void Enlarging_puts_the_pixels_back_where_they_were_taken()
    {
        Image small = PlainImages.Noise(6, 7, 3, seed: 3);
        using Tensor x = small.On(SmallRuns.Cpu);
        foreach (KernelPlacement placement in new[] { KernelPlacement.First, KernelPlacement.At(1, 0) })
        {
            using Tensor large = Placed(Lopsided, placement).Enlarge(x, new Scale(2), 12, 14);
            using Tensor differences = Placed(Lopsided, placement).EnlargingDifferences(new Scale(2), (6, 7), (12, 14)).Apply(x);
            foreach (Image found in new[] { large.Plain(), differences.Plain() })
            {
                PlainImages.Of(6, 7, 3, (i, j, c) => found[2 * i + (int)placement.Row, 2 * j + (int)placement.Column, c])
                    .AssertEquals(small, 1e-6);
            }
        }
    }

    [Test]
    public void The_place_is_found_where_the_large_image_is_there(
        [Values("centred", "first", "1.5,1.5", "0.5,0", "0,1.5")] string text, [Values(2, 3)] int scale)
    {
        var placement = KernelPlacement.Parse(text);
        BlurKernel kernel = BlurKernel.Gaussian(1.2, 7);
        using Tensor large = PlainImages.Drawing(16 * scale, 20 * scale).On(SmallRuns.Cpu);
        using Tensor small = Placed(kernel, placement).Shrink(large, new Scale(scale), 16, 20);
        using Tensor noise = RandomTensors.Normal(SmallRuns.Cpu, small.Shape, seed: 1, standardDeviation: 1.0 / 255);
        using Tensor noisy = Elementwise.Add(small, noise);

        Assert.That(PlacementSearch.Find(noisy, large, kernel, new Scale(scale)), Is.EqualTo(placement));
    }

    private static KernelRescaling Placed(BlurKernel kernel, KernelPlacement placement) => new(kernel, new ImResizeRescaling(), placement);
}
