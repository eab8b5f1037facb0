using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Where a training pair comes from, for those who look.</summary>
/// <param name="Source">Which of the images that fathers are made from, counted from 0.</param>
/// <param name="Transform">What was done to it, in words.</param>
/// <param name="Top">The crop's first row in the transformed image.</param>
/// <param name="Left">The crop's first column there.</param>
public readonly record struct PairOrigin(int Source, string Transform, int Top, int Left)
{
    /// <summary>What part of the scene that is; null where it is no upright rectangle of it.</summary>
    public ImageArea? Area { get; init; }
}

/// <summary>What the network learns from: give it the son, and it should answer with the father.</summary>
/// <param name="Son">
/// The father shrunk, with noise if asked for, and interpolated back to the father's size: [1, h, w, C]. For a network that enlarges itself
/// it stays small.
/// </param>
/// <param name="Father">The sharp image, [1, h, w, C].</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record TrainingPair(Tensor Son, Tensor Father, PairOrigin Origin) : IDisposable
{
    /// <summary>A father with the son that is made of it. The father belongs to the pair, and is freed where its son cannot be made.</summary>
    internal static TrainingPair Of(Tensor father, Func<Tensor, Tensor> son, PairOrigin origin)
    {
        try
        {
            return new TrainingPair(son(father), father, origin);
        }
        catch
        {
            father.Dispose();
            throw;
        }
    }

    /// <summary>Frees both images.</summary>
    public void Dispose()
    {
        Son.Dispose();
        Father.Dispose();
    }
}
