using Zssr.App.Images;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.InspectedRuns;

/// <summary>A training pair to be shown.</summary>
/// <param name="Iteration">Which iteration it was drawn for.</param>
/// <param name="Son">What the network is given.</param>
/// <param name="Father">What it should answer.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record ShownPair(int Iteration, Picture Son, Picture Father, PairOrigin Origin);

/// <summary>A parameter as plain numbers.</summary>
/// <param name="Name">Such as <c>layers.0.weight</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its elements.</param>
internal sealed record ParameterValues(string Name, Shape Shape, float[] Values);

/// <summary>The network at a moment of its training.</summary>
/// <param name="Iteration">Iterations done before it.</param>
/// <param name="Parameters">All parameters.</param>
internal sealed record Moment(int Iteration, IReadOnlyList<ParameterValues> Parameters);

/// <summary>Euclidean norms of all weights of the network at an iteration, layer by layer.</summary>
/// <param name="Iteration">Counted from 0.</param>
/// <param name="Weights">√(Σ w²) of each layer.</param>
/// <param name="Gradients">√(Σ (∂loss/∂w)²) of each layer.</param>
internal sealed record NormSample(int Iteration, IReadOnlyList<double> Weights, IReadOnlyList<double> Gradients);

/// <summary>One answer of the ensemble.</summary>
/// <param name="Variant">How the image was turned for it.</param>
/// <param name="Answer">The answer, turned back.</param>
internal sealed record EnsembleMember(Variant Variant, Picture Answer);

/// <summary>All that a page shows: what a run did, read back from its device.</summary>
internal sealed record InspectedRun
{
    public required string ImageName { get; init; }

    public required ZssrSettings Settings { get; init; }

    public required DeviceRecord Device { get; init; }

    /// <summary>How the camera blurred, if that was given.</summary>
    public BlurKernel? Kernel { get; init; }

    /// <summary>The trainings and enlargements of the run.</summary>
    public required IReadOnlyList<ScaleStage> Stages { get; init; }

    /// <summary>Which of them the page looks into, counted from 0.</summary>
    public required int Stage { get; init; }

    public required Picture Input { get; init; }

    public required IReadOnlyList<ShownPair> Pairs { get; init; }

    /// <summary>What happened in the training that the page looks into.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>From before the first iteration to after the last.</summary>
    public required IReadOnlyList<Moment> Moments { get; init; }

    public required IReadOnlyList<NormSample> Norms { get; init; }

    /// <summary>The shortest time that each layer took, forward and backward, in milliseconds on a training crop.</summary>
    public required IReadOnlyList<LayerTime> LayerTimes { get; init; }

    /// <summary>The image interpolated to its new size.</summary>
    public required Picture Interpolated { get; init; }

    /// <summary>The image as the network saw it: interpolated, or small, if the network enlarges itself.</summary>
    public required Picture Given { get; init; }

    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    public required Picture Median { get; init; }

    public required Picture Projected { get; init; }

    /// <summary>The run's result.</summary>
    public required Picture Output { get; init; }

    public required Picture Bicubic { get; init; }

    public Picture? GroundTruth { get; init; }

    /// <summary>How good the result is; null without a ground truth.</summary>
    public QualityRecord? Quality { get; init; }

    /// <summary>What the layers answer to one crop at each moment.</summary>
    public required CropActivations Activations { get; init; }
}

/// <summary>What a layer took.</summary>
/// <param name="Forward">Milliseconds.</param>
/// <param name="Backward">Milliseconds.</param>
internal sealed record LayerTime(double Forward, double Backward);
