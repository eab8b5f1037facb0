using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>That it works at all: a short training enlarges a sharp drawing better than interpolation does.</summary>
public sealed class LearningTests
{
    private static readonly Image Truth = PlainImages.Of(64, 64, 1, (i, j, _) =>
        0.1 + ((i + 2 * j) / 13 % 2 == 0 ? 0.4 : 0) + ((3 * i - j + 640) / 29 % 2 == 0 ? 0.4 : 0));

    [TestCase(NetworkForm.GlobalResidual, 1.5)]
    [TestCase(NetworkForm.SubPixel, 1.0)]
    public void A_short_training_beats_bicubic_with_back_projection_on_a_sharp_drawing(NetworkForm form, double gain)
    {
        Image small = Truth.ImResized(0.5, 0.5, 32, 32).Clamped(1);
        ZssrSettings settings = ZssrPresets.Fast with
        {
            Network = ZssrPresets.Fast.Network with { Form = form, Width = 16, Depth = 4 },
            Training = ZssrPresets.Fast.Training with { Iterations = 150, LearningRate = 5e-3, Optimizer = OptimizerKind.Adam },
        };
        double bicubic = PlainImages.Psnr(small.ImResized(2, 2, 64, 64).Clamped(1), Truth);
        double untrained = PsnrOf(settings with { Training = settings.Training with { Iterations = 0 } }, small, out _);

        double trained = PsnrOf(settings, small, out TrainingHistory history);

        TestContext.Out.WriteLine($"bicubic {bicubic:F2} dB, with back-projection {untrained:F2} dB, trained {trained:F2} dB");
        Assert.That(trained, Is.GreaterThan(bicubic + gain));
        Assert.That(trained, Is.GreaterThan(untrained + 0.5));
        Assert.That(history.Losses.TakeLast(20).Average(), Is.InRange(0, 0.8 * history.Losses.Take(20).Average()));
        Assert.That(history.ReconstructionErrors[^1].MeanSquaredError, Is.InRange(0, history.ReconstructionErrors[0].MeanSquaredError));
    }

    private static double PsnrOf(ZssrSettings settings, Image small, out TrainingHistory history)
    {
        using Tensor image = small.On(SmallRuns.Cpu);
        using SuperResolutionResult result = new SuperResolver(settings).Run(image);
        history = result.Stages[0].History;
        return PlainImages.Psnr(result.Output.Plain(), Truth);
    }
}
