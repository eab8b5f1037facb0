using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>What happened in one stage of a run.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="History">Its training; that of the first stage again where the network was not trained again.</param>
/// <param name="Training">Time spent on training, in this process.</param>
/// <param name="Enlarging">Time spent on enlarging.</param>
public sealed record StageReport(ScaleStage Stage, TrainingHistory History, TimeSpan Training, TimeSpan Enlarging);

/// <summary>The result of a run.</summary>
/// <param name="Output">The enlarged image, [1, H, W, C], values 0…1.</param>
/// <param name="Stages">What happened on the way, in this process.</param>
/// <param name="Histories">All trainings, those before a checkpoint included.</param>
public sealed record SuperResolutionResult(
    Tensor Output, IReadOnlyList<StageReport> Stages, IReadOnlyList<TrainingHistory> Histories) : IDisposable
{
    /// <summary>Frees the image.</summary>
    public void Dispose() => Output.Dispose();
}
