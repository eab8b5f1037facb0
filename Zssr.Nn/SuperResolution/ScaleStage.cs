namespace Zssr.Nn;

/// <summary>One enlargement of a run: from the base image, which is the input or an earlier result, to a larger one.</summary>
/// <param name="FromBase">The scale relative to the base image.</param>
/// <param name="FromInput">The scale relative to the run's input.</param>
/// <param name="BackProjections">Rounds of back-projection.</param>
/// <param name="BecomesBase">Whether the result takes the base image's place for what follows.</param>
public sealed record ScaleStage(Scale FromBase, Scale FromInput, int BackProjections, bool BecomesBase);
