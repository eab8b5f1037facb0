using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The paper's pairs: every iteration draws one father, a crop of a source image as it is, or turned by quarters and mirrored, or seen
/// through a random affine map; and makes its son.
/// </summary>
/// <remarks>
/// The affine map scales (and mirrors), turns, shears and moves, in this order, in one bicubic resampling without antialiasing.
/// Positions outside the source show its mirror image, never black. A crop is as large as the image where that is smaller.
/// Source: Shocher, Cohen and Irani 2018, section 3.2.
/// </remarks>
public sealed class PaperPairs : ITrainingPairs
{
    private const double LargestShear = 0.5;
    private const int PairsOfAnEpoch = 36;

    private readonly IReadOnlyList<FatherSource> _sources;
    private readonly List<CropSource> _whole = [];
    private readonly List<CropSource> _shrunk = [];
    private readonly List<CropSource> _cropSources = [];
    private readonly Rescaling _rescaling;
    private readonly Scale _scale;
    private readonly PairSettings _settings;
    private readonly ulong _seed;
    private readonly int _stage;
    private readonly double _peak;
    private readonly bool _smallSons;
    private readonly SonDamage _damage;

    /// <summary>A source of pairs.</summary>
    /// <param name="sources">The images that fathers are made from, the base image first. They stay the caller's.</param>
    /// <param name="rescaling">How sons are made and enlarged.</param>
    /// <param name="scale">By how much the network is to enlarge the base image.</param>
    /// <param name="settings">Shares, ranges, noise and crop.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stage">Which stage of the run; each has sequences of its own.</param>
    /// <param name="peak">The value of white.</param>
    /// <param name="smallSons">
    /// Whether sons stay small, for a network that enlarges them itself. The scale must then be whole; a father has a multiple of it as its
    /// rows and columns, and the sources at least as many pixels.
    /// </param>
    public PaperPairs(
        IReadOnlyList<FatherSource> sources, Rescaling rescaling, Scale scale, PairSettings settings, ulong seed, int stage, double peak,
        bool smallSons = false)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(rescaling);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Sons.RequireWhole(scale, smallSons);
        (_sources, _rescaling, _scale, _settings) = (sources, rescaling, scale, settings);
        (_seed, _stage, _peak, _smallSons) = (seed, stage, peak, smallSons);
        _damage = new SonDamage(settings, peak, seed, stage);
        try
        {
            for (int i = 0; i < sources.Count; i++)
                AddCropSources(i);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int EpochLength => PairsOfAnEpoch;

    /// <inheritdoc/>
    public TrainingPair Draw(int iteration)
    {
        var random = new PhiloxRandom(_seed, RandomStreams.Draw(_stage, iteration));
        double kind = random.NextDouble();
        (Tensor father, PairOrigin origin) =
            kind < _settings.PlainShare ? Turned(random, [Variant.Identity])
            : kind < _settings.PlainShare + _settings.TurnedShare ? Turned(random, Variant.Eight)
            : Mapped(random);
        ulong noise = RandomStreams.Noise(_stage, iteration);
        return TrainingPair.Of(
            father,
            made => Sons.Of(
                made, _rescaling, _scale, _settings.NoiseStd * _peak, _peak, _seed, noise, _smallSons, son => _damage.Apply(son, iteration)),
            origin);
    }

    /// <summary>Frees what was made of the sources; they themselves are the caller's.</summary>
    public void Dispose()
    {
        foreach (CropSource source in _whole.Concat(_shrunk))
            source.Dispose();
    }

    /// <summary>The images that plain and turned fathers of a source are cropped from.</summary>
    private void AddCropSources(int index)
    {
        Tensor image = _sources[index].Image;
        var whole = CropSource.Whole(image, index);
        _whole.Add(whole);
        int before = _cropSources.Count;
        foreach (double scale in _settings.FatherScales)
        {
            if (scale == 1)
                _cropSources.Add(whole);
            else if (CropSource.Shrunk(image, index, scale, Sons.LeastSide(_scale, _smallSons)) is { } shrunk)
            {
                _shrunk.Add(shrunk);
                _cropSources.Add(shrunk);
            }
        }

        if (_cropSources.Count == before) // an image so small that no father is left of it
            _cropSources.Add(whole);
    }

    /// <summary>A crop at a random place of a random source, turned and mirrored as one of the variants.</summary>
    private (Tensor Father, PairOrigin Origin) Turned(PhiloxRandom random, IReadOnlyList<Variant> variants)
    {
        CropSource source = _cropSources[random.NextInt32(_cropSources.Count)];
        Variant variant = variants[random.NextInt32(variants.Count)];
        // Turned by a quarter, the crop's rows are the father's columns.
        Scale scale = variant.QuarterTurns % 2 == 0 ? _scale : new Scale(_scale.Horizontal, _scale.Vertical);
        int height = Sons.FatherSide(Math.Min(_settings.CropSize, source.Height), scale.Vertical, _smallSons);
        int width = Sons.FatherSide(Math.Min(_settings.CropSize, source.Width), scale.Horizontal, _smallSons);
        (int top, int left) = _settings.DetailCrops
            ? source.Detail.DrawCrop(random, height, width)
            : (random.NextInt32(source.Height - height + 1), random.NextInt32(source.Width - width + 1));
        using Tensor crop = source.Crop(top, left, height, width);
        var origin = new PairOrigin(source.Index, source.Describe(variant), top, left)
        {
            Area = ImageArea.Of((source.Height, source.Width), top, left, height, width).Within(_sources[source.Index].Part),
        };
        return (variant.Apply(crop), origin);
    }

    /// <summary>A crop of a source seen through a random affine map.</summary>
    private (Tensor Father, PairOrigin Origin) Mapped(PhiloxRandom random)
    {
        double scale = _settings.SmallestScale + random.NextDouble() * (LargestScale - _settings.SmallestScale);
        double difference = random.NextNormal(0, _settings.ScaleDifference);
        double shearRows = Shear(random), shearColumns = Shear(random);
        double angle = random.NextDouble() * (_settings.Rotates ? Math.Tau : 0);
        bool mirrored = random.NextInt32(2) == 1 && _settings.Mirrors;

        int index = SmallestSourceFor(scale);
        FatherSource source = _sources[index];
        (int rows, int columns) = (source.Image.Shape[1], source.Image.Shape[2]);
        // A difference can be larger than the scale itself; half of the smallest scale is as thin as it gets.
        double rowScale = Math.Max(scale - difference / 2, _settings.SmallestScale / 2) / source.Scale.Vertical;
        double columnScale = Math.Max(scale + difference / 2, _settings.SmallestScale / 2) / source.Scale.Horizontal;
        int height = Sons.FatherSide(CropOf(rows * rowScale), _scale.Vertical, _smallSons);
        int width = Sons.FatherSide(CropOf(columns * columnScale), _scale.Horizontal, _smallSons);
        (double mostTop, double mostLeft) = (Math.Max(rows * rowScale - height, 0), Math.Max(columns * columnScale - width, 0));
        double top, left;
        if (_settings.DetailCrops)
        {
            // The crop's middle shows a drawn pixel of the source, as far as the mapped image reaches.
            (int row, int column) = _whole[index].Detail.Draw(random);
            (double mappedRow, double mappedColumn) = FromCorner(0, 0).Inverse().Apply(row, column);
            top = Math.Clamp(mappedRow - (height - 1) / 2.0, 0, mostTop);
            left = Math.Clamp(mappedColumn - (width - 1) / 2.0, 0, mostLeft);
        }
        else
            (top, left) = (random.NextDouble() * mostTop, random.NextDouble() * mostLeft);

        using Tensor warped = Warp.Affine(source.Image, FromCorner(top, left), height, width);
        string transform = string.Create(
            CultureInfo.InvariantCulture,
            $"scaled {rowScale:F2}x{columnScale:F2}{(mirrored ? " mirrored" : "")}, {angle * 180 / Math.PI:F0}°, "
            + $"shear {shearRows:F2} {shearColumns:F2}");
        return (Elementwise.Clamp(warped, 0, _peak), new PairOrigin(index, transform, (int)top, (int)left));

        // From the crop back to the source: from the crop's corner to the middle of the mapped image, then each part's inverse.
        // Rotate has no Inverse() here: it is named after what the picture does, so it already leads back.
        AffineMap FromCorner(double top, double left) => AffineMap
            .Translate(top - (rows * rowScale - 1) / 2, left - (columns * columnScale - 1) / 2)
            .Then(AffineMap.Shear(shearRows, shearColumns).Inverse())
            .Then(AffineMap.Rotate(angle))
            .Then(AffineMap.Scale(1 / rowScale, (mirrored ? -1 : 1) / columnScale))
            .Then(AffineMap.Translate((rows - 1) / 2.0, (columns - 1) / 2.0));
    }

    private double LargestScale => Math.Max(_sources.Max(source => source.Scale.Mean), _settings.SmallestScale);

    private double Shear(PhiloxRandom random) => Math.Clamp(random.NextNormal(0, _settings.Shear), -LargestShear, LargestShear);

    private int CropOf(double side) => Math.Max(Math.Min(_settings.CropSize, (int)side), 1);

    /// <summary>Index of the smallest source whose scale is at least this, so that it need not be enlarged.</summary>
    private int SmallestSourceFor(double scale)
    {
        int best = -1;
        for (int i = 0; i < _sources.Count; i++)
        {
            double mean = _sources[i].Scale.Mean;
            if (mean >= scale - 1e-9 && (best < 0 || mean < _sources[best].Scale.Mean))
                best = i;
        }

        return best;
    }
}
