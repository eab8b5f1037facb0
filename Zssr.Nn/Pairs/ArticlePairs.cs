using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The article's pairs: a fixed list of fathers, made by shrinking the image by 1, 2, 4 and turning and mirroring each (12 variants a
/// level), with their sons, whose noise is drawn once. An iteration draws one with weight 0.5^level, and crops both at one place.
/// </summary>
/// <remarks>
/// An epoch has as many draws as the list has pairs, 36. An image smaller than the crop in either direction is used whole, as in the
/// article. A level is left out where the image would have fewer than <see cref="SmallestSide"/> rows or columns, or too few for a small
/// son of one pixel.
/// </remarks>
public sealed class ArticlePairs : ITrainingPairs
{
    /// <summary>Rows and columns that a father must have at least, unless it is the image itself.</summary>
    public const int SmallestSide = 8;

    private readonly List<(TrainingPair Pair, int Level)> _pairs = [];
    private readonly Dictionary<TrainingPair, DetailMap> _details = [];
    private readonly PairSettings _settings;
    private readonly ulong _seed;
    private readonly int _stage;
    private readonly Scale _scale;
    private readonly bool _smallSons;
    private double _totalWeight;

    /// <summary>Makes all pairs of an image.</summary>
    /// <param name="image">[1, H, W, C], values 0…peak. Not needed afterwards.</param>
    /// <param name="rescaling">How sons are made and enlarged.</param>
    /// <param name="scale">By how much the network is to enlarge.</param>
    /// <param name="settings">Levels, noise and crop.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="peak">The value of white.</param>
    /// <param name="stage">Which training of a run it is for: each has random numbers of its own.</param>
    /// <param name="smallSons">
    /// Whether sons stay small, for a network that enlarges them itself. The scale must then be whole; crops begin at multiples of it and
    /// have multiples of it as their rows and columns, and the image at least as many pixels.
    /// </param>
    public ArticlePairs(
        Tensor image, Rescaling rescaling, Scale scale, PairSettings settings, ulong seed, double peak, int stage = 0,
        bool smallSons = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(rescaling);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Sons.RequireWhole(scale, smallSons);
        (_settings, _seed, _stage, _scale, _smallSons) = (settings, seed, stage, scale, smallSons);
        try
        {
            for (int level = 0; level < settings.Levels && IsLargeEnough(image, level, Sons.LeastSide(scale, smallSons)); level++)
                AddLevel(image, level, rescaling, scale, peak);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int EpochLength => _pairs.Count;

    /// <summary>How many numbers the fathers and sons of an image have together.</summary>
    /// <param name="image">[1, H, W, C].</param>
    /// <param name="settings">Their levels.</param>
    /// <param name="leastSide">Rows and columns of a level at least: <see cref="Sons.LeastSide"/>.</param>
    internal static double ElementsFor(Tensor image, PairSettings settings, int leastSide) => Enumerable.Range(0, settings.Levels)
        .TakeWhile(level => IsLargeEnough(image, level, leastSide))
        .Sum(level => 2.0 * Variant.Twelve.Count * (image.Shape[1] >> level) * (image.Shape[2] >> level) * image.Shape[3]);

    /// <summary>All pairs, uncropped, in the order in which they were made; they belong to this list.</summary>
    public IReadOnlyList<TrainingPair> All => [.. _pairs.Select(entry => entry.Pair)];

    /// <inheritdoc/>
    public TrainingPair Draw(int iteration)
    {
        var random = new PhiloxRandom(_seed, RandomStreams.Draw(_stage, iteration));
        TrainingPair whole = Choose(random.NextDouble() * _totalWeight);
        (int height, int width) = (whole.Father.Shape[1], whole.Father.Shape[2]);
        int crop = _settings.CropSize;
        if (_smallSons)
            return SmallCrop(whole, random);
        if (height < crop || width < crop)
            return new TrainingPair(whole.Son.Share(), whole.Father.Share(), whole.Origin);
        (int top, int left) = _settings.DetailCrops
            ? DetailOf(whole).DrawCrop(random, crop, crop)
            : (random.NextInt32(height - crop + 1), random.NextInt32(width - crop + 1));
        return TrainingPair.Of(
            Window.Crop(whole.Father, top, left, crop, crop),
            _ => Window.Crop(whole.Son, top, left, crop, crop),
            whole.Origin with { Top = top, Left = left, Area = VariantOf(whole).Undo(ImageArea.Of(whole.Father, top, left, crop, crop)) });
    }

    /// <summary>A crop of a father and that of its small son: the son's pixel (0, 0) is the father's first block of pixels.</summary>
    private TrainingPair SmallCrop(TrainingPair whole, PhiloxRandom random)
    {
        (int sv, int sh) = ((int)_scale.Vertical, (int)_scale.Horizontal);
        (int height, int width, int crop) = (whole.Father.Shape[1], whole.Father.Shape[2], _settings.CropSize);
        bool isWhole = height < crop || width < crop;
        int rows = Sons.FatherSide(isWhole ? height : crop, sv, smallSons: true);
        int columns = Sons.FatherSide(isWhole ? width : crop, sh, smallSons: true);
        (int top, int left) = !isWhole && _settings.DetailCrops
            ? DetailOf(whole).DrawCrop(random, rows, columns)
            : (random.NextInt32(height - rows + 1), random.NextInt32(width - columns + 1));
        (top, left) = (top / sv * sv, left / sh * sh);
        return TrainingPair.Of(
            Window.Crop(whole.Father, top, left, rows, columns),
            _ => Window.Crop(whole.Son, top / sv, left / sh, rows / sv, columns / sh),
            whole.Origin with
            {
                Top = top,
                Left = left,
                Area = VariantOf(whole).Undo(ImageArea.Of(whole.Father, top, left, rows, columns)),
            });
    }

    /// <summary>Frees all pairs.</summary>
    public void Dispose()
    {
        foreach ((TrainingPair pair, _) in _pairs)
            pair.Dispose();
    }

    /// <summary>How a father was turned: every level has all variants, one after the other.</summary>
    private Variant VariantOf(TrainingPair whole) =>
        Variant.Twelve[_pairs.FindIndex(entry => ReferenceEquals(entry.Pair, whole)) % Variant.Twelve.Count];

    private static bool IsLargeEnough(Tensor image, int level, int leastSide) =>
        level == 0 || Math.Min(image.Shape[1] >> level, image.Shape[2] >> level) >= leastSide;

    /// <summary>The 12 variants of the image, shrunk by 2^level, and their sons.</summary>
    private void AddLevel(Tensor image, int level, Rescaling rescaling, Scale scale, double peak)
    {
        using Tensor shrunk = level == 0
            ? image.Share()
            : Resize.Interpolate(image, image.Shape[1] >> level, image.Shape[2] >> level, InterpolationMode.Bicubic);
        var damage = new SonDamage(_settings, peak, _seed, _stage);
        foreach (Variant variant in Variant.Twelve)
        {
            ulong stream = RandomStreams.Noise(_stage, _pairs.Count);
            string transform = level == 0 ? $"{variant}" : $"1/{1 << level} size, {variant}";
            int number = _pairs.Count;
            TrainingPair pair = TrainingPair.Of(
                variant.Apply(shrunk),
                father => Sons.Of(
                    father, rescaling, scale, _settings.NoiseStd * peak, peak, _seed, stream, _smallSons, son => damage.Apply(son, number)),
                new PairOrigin(0, transform, 0, 0) { Area = ImageArea.Whole });
            _pairs.Add((pair, level));
            _totalWeight += Weight(level);
        }
    }

    /// <summary>Where a pair's father has detail; found out when it is drawn first.</summary>
    private DetailMap DetailOf(TrainingPair pair)
    {
        if (!_details.TryGetValue(pair, out DetailMap? detail))
            _details.Add(pair, detail = DetailMap.Of(pair.Father));
        return detail;
    }

    private double Weight(int level) => Math.Pow(_settings.LevelWeight, level);

    /// <summary>The pair in whose stretch of the summed weights a number lies.</summary>
    private TrainingPair Choose(double place)
    {
        foreach ((TrainingPair pair, int level) in _pairs)
        {
            place -= Weight(level);
            if (place < 0)
                return pair;
        }

        return _pairs[^1].Pair; // the number was so close to the end that rounding carried it over
    }
}
