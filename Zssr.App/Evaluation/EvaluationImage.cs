namespace Zssr.App.Evaluation;

/// <summary>An image that methods are measured on, at one scale.</summary>
/// <param name="Name">What tables call it: its name without what says whether it is large or small.</param>
/// <param name="Large">The file of the image that results should be.</param>
/// <param name="Small">The file of the image that is enlarged; null where it is made from the large one.</param>
/// <param name="Scale">By how much, in both directions.</param>
internal sealed record EvaluationImage(string Name, string Large, string? Small, int Scale);
