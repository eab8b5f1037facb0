using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Nn.Pairs;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Training;

/// <summary>Every loss, with and without weights at edges, against its formula in plain code; its gradient against differences.</summary>
public sealed class TrainingLossTests
{
    [Test]
    public void Value_and_gradient_are_those_of_the_formula(
        [Values] LossKind kind, [Values(0, 0.5, 4)] double gradientWeight, [Values(1, 255)] double peak, [Values(1, 3)] int channels)
    {
        var settings = new TrainingSettings { Loss = kind, GradientWeight = gradientWeight, CharbonnierEpsilon = 0.05 };
        Image output = PlainImages.Noise(5, 4, channels, seed: 1, high: peak);
        Image father = PlainImages.Noise(5, 4, channels, seed: 2, high: peak);
        using var tape = new Tape();
        using Tensor y = Exact(output), t = Exact(father);
        Variable watched = tape.Watch(y);
        Variable loss = new TrainingLoss(settings, peak).Of(watched, t);
        tape.Backward(loss);

        double expected = Plain(output, father, settings, peak);
        Assert.That(loss.Value.Item(), Is.EqualTo(expected).Within(1e-9).Percent);
        double[] gradient = watched.Gradient!.Value.ToDoubles();
        double step = 1e-6 * peak;
        for (int i = 0; i < gradient.Length; i++)
        {
            double above = Plain(Moved(output, i, step), father, settings, peak);
            double below = Plain(Moved(output, i, -step), father, settings, peak);
            Assert.That(gradient[i], Is.EqualTo((above - below) / (2 * step)).Within(1e-6 * gradient.Max(Math.Abs)), $"element {i}");
        }
    }

    [Test]
    public void Each_father_of_a_batch_has_weights_of_its_own()
    {
        var settings = new TrainingSettings { GradientWeight = 2 };
        Image[] fathers = [PlainImages.Noise(5, 4, 3, seed: 2), PlainImages.Noise(5, 4, 3, seed: 3, high: 0.1)];
        Image[] outputs = [PlainImages.Noise(5, 4, 3, seed: 4), PlainImages.Noise(5, 4, 3, seed: 5)];
        using var tape = new Tape();
        using Tensor y = Both(outputs), t = Both(fathers);
        Variable loss = new TrainingLoss(settings, 1).Of(tape.Watch(y), t);
        double expected = (Plain(outputs[0], fathers[0], settings, 1) + Plain(outputs[1], fathers[1], settings, 1)) / 2;
        Assert.That(loss.Value.Item(), Is.EqualTo(expected).Within(1e-7).Percent);

        Tensor Both(Image[] images) =>
            Tensor.From(SmallRuns.Cpu, [2, 5, 4, 3], [.. images[0].Pixels, .. images[1].Pixels], DType.Float64);
    }

    [Test]
    public void A_flat_father_has_a_loss_and_no_nan()
    {
        using var tape = new Tape();
        using Tensor y = Tensor.Full(SmallRuns.Cpu, [1, 4, 4, 3], 0.75), t = Tensor.Full(SmallRuns.Cpu, [1, 4, 4, 3], 0.5);
        Variable loss = new TrainingLoss(new TrainingSettings { GradientWeight = 1 }, 1).Of(tape.Watch(y), t);
        Assert.That(loss.Value.Item(), Is.EqualTo(0.125).Within(1e-6), "0.25 with the weight 1 / (1 + 1)");
    }

    private static double Plain(Image output, Image father, TrainingSettings settings, double peak)
    {
        double[] magnitude = GradientMagnitudeTests.Plain(father);
        double mean = magnitude.Average(), lambda = settings.GradientWeight, sum = 0;
        for (int i = 0; i < output.Pixels.Length; i++)
        {
            double d = output.Pixels[i] - father.Pixels[i], epsilon = settings.CharbonnierEpsilon * peak;
            double rho = settings.Loss switch
            {
                LossKind.L1 => Math.Abs(d),
                LossKind.Mse => d * d,
                _ => Math.Sqrt(d * d + epsilon * epsilon),
            };
            sum += (1 + lambda * magnitude[i / father.Channels] / mean) / (1 + lambda) * rho;
        }

        return sum / output.Pixels.Length;
    }

    private static Image Moved(Image image, int element, double by) =>
        image with { Pixels = [.. image.Pixels.Select((pixel, i) => i == element ? pixel + by : pixel)] };

    private static Tensor Exact(Image image) =>
        Tensor.From(SmallRuns.Cpu, [1, image.Height, image.Width, image.Channels], image.Pixels, DType.Float64);
}
