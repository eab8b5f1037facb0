using System.Globalization;
using Zssr.App.Images;
using Zssr.App.Reports;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Records;

/// <summary>Keeps the first training pairs of a run, to show them.</summary>
/// <param name="peak">The value of white in the pairs.</param>
internal sealed class PairGallery(double peak)
{
    private const int MostPairs = 6;
    private const int SmallestSide = 128;

    private readonly List<IReadOnlyList<(Picture, string)>> _rows = [];

    /// <summary>Whether there are as many pairs as are shown.</summary>
    public bool IsFull => _rows.Count >= MostPairs;

    /// <summary>Takes a pair, unless there are enough.</summary>
    public void Add(TrainingPair pair)
    {
        if (IsFull)
            return;
        string number = (_rows.Count + 1).ToString(CultureInfo.InvariantCulture);
        _rows.Add([(ToPicture(pair.Son), $"son {number}"), (ToPicture(pair.Father), $"father {number}: {pair.Origin.Transform}")]);
    }

    /// <summary>Sons beside their fathers, a row a pair; null where there are none.</summary>
    public Picture? Draw() => _rows.Count > 0 ? Montage.Rows(_rows, SmallestSide) : null;

    private Picture ToPicture(Tensor image)
    {
        using Tensor normalised = Elementwise.Multiply(image, 1 / peak);
        return Picture.FromTensor(normalised);
    }
}
