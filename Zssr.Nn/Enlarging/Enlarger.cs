using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Enlarges an image with a trained network: interpolate (unless the network does), let the network see several turned and mirrored
/// copies, take the median of what it answers, and make the result agree with the image by back-projection.
/// </summary>
/// <remarks>
/// All of it is done tile by tile, each with as much of its surroundings as its result depends on: on <c>cpu</c> the result is the same
/// bits as without tiles. Besides the image and the result, memory for a tile is needed, and during back-projection another small image.
/// Where the device runs out of memory, tiles become smaller. A network that does not know its <see cref="Module.Margin"/> gets whole images.
/// </remarks>
/// <param name="network">The trained network.</param>
/// <param name="rescaling">Interpolation and back-projection.</param>
/// <param name="settings">How many copies, and how much back-projection.</param>
/// <param name="peak">The value of white.</param>
/// <param name="tileSide">Rows and columns of a tile at most, 16 to 65536; null: by the memory that there is.</param>
/// <param name="note">Told in one line where tiles had to become smaller.</param>
/// <exception cref="SettingsException">The side of tiles is outside its range.</exception>
public sealed class Enlarger(
    Module network, Rescaling rescaling, InferenceSettings settings, double peak, int? tileSide = null, Action<string>? note = null)
{
    /// <summary>The fewest rows and columns of a tile.</summary>
    public const int SmallestTile = 16;

    /// <summary>The most rows and columns of a tile.</summary>
    public const int LargestTile = 65536;

    private readonly int? _tileSide = TileSide.Checked(tileSide);

    /// <summary>The network's plain answer, clamped: [1, H, W, C] → [1, height, width, C].</summary>
    /// <param name="image">[1, H, W, C], values 0…peak.</param>
    /// <param name="scale">By how much.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public Tensor EnlargePlainly(Tensor image, Scale scale, int height, int width) =>
        new Enlarger(network, rescaling, new InferenceSettings { Ensemble = 1, BackProjectCopies = false }, peak, _tileSide, note)
            .Enlarge(image, scale, height, width, backProjections: 0);

    /// <summary>The same with all copies, median and back-projection.</summary>
    /// <param name="image">[1, H, W, C], values 0…peak.</param>
    /// <param name="scale">By how much.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="backProjections">Rounds of back-projection.</param>
    /// <param name="onCopy">Told after each copy of each tile how many are done, and of how many.</param>
    /// <param name="observer">Shown what comes in between, of the whole image: there are no tiles then. The result is the same.</param>
    /// <param name="cancellation">Stops it between two tiles.</param>
    /// <exception cref="DeviceOutOfMemoryException">Not even the smallest tile, or not even the result, fits into the device's memory.</exception>
    public Tensor Enlarge(
        Tensor image, Scale scale, int height, int width, int backProjections, Action<int, int>? onCopy = null,
        IEnlargementObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelArea whole = PixelArea.Whole(height, width);
        IReadOnlyList<Variant> variants = TurnedCopies.Variants(settings.Ensemble, network, rescaling);
        using var view = new NetworkView(network, rescaling, image, scale, height, width, peak);
        var projection = new BackProjection(
            image, rescaling, scale, height, width, settings.BackProjectionStep, peak, settings.Discrepancy * peak);
        int roundsForCopies = settings.BackProjectCopies ? backProjections : 0;
        Tiling tiling = observer is null
            ? new Tiling(image.Device, _tileSide ?? TileSide.For(image, variants.Count), note, cancellation: cancellation)
            : new Tiling(image.Device, Math.Max(height, width), note, smallestSide: Math.Max(height, width), cancellation);

        Tensor result = Tensor.Zeros(image.Device, [1, height, width, image.Shape[3]], image.DType);
        try
        {
            tiling.ForEach(whole, tile =>
            {
                using Tensor merged = MedianOfCopies(tile);
                Window.Place(merged, result, tile.Rows.Start, tile.Columns.Start);
            });
            using Tensor? beforeProjection = observer is null ? null : Window.Crop(result, 0, 0, height, width);
            projection.ProjectInPlace(result, backProjections, tiling);
            observer?.Ended(beforeProjection!, result);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }

        // The median of all copies of a tile.
        Tensor MedianOfCopies(PixelArea tile)
        {
            PixelArea projected = projection.Support(tile, roundsForCopies), seen = view.Support(projected);
            using Tensor given = view.Given(seen);
            if (observer is not null)
                Begin(observer, given);
            using Tensor stack = Tensor.Zeros(
                image.Device, [variants.Count, tile.Rows.Length, tile.Columns.Length, image.Shape[3]], image.DType);
            for (int i = 0; i < variants.Count; i++)
            {
                using Tensor answer = view.Answer(given, seen, variants[i], projected);
                observer?.Answered(variants[i], answer);
                using Tensor copy = projection.Project(answer, projected, tile, roundsForCopies);
                PutInto(stack, copy, i);
                onCopy?.Invoke(tiling.Done * variants.Count + i + 1, tiling.Count * variants.Count);
            }

            using Tensor median = Median.OfStack(stack, settings.Median);
            return median.Reshape([1, .. median.Shape]);
        }

        // An observer is shown the interpolated image, whether or not the network is given that.
        void Begin(IEnlargementObserver observer, Tensor given)
        {
            using Tensor interpolated =
                network.Enlargement == WholeScale.One ? given.Share() : rescaling.Enlarge(image, scale, height, width);
            using Tensor unframed = view.GivenWhole(given);
            observer.Begun(unframed, interpolated, network.Parameters);
        }
    }

    /// <summary>Makes images [1, h, w, C] one of a stack [N, h, w, C].</summary>
    private static void PutInto(Tensor stack, Tensor image, int index)
    {
        // The stack as one tall image.
        int height = image.Shape[1];
        using Tensor column = stack.Reshape([1, stack.Shape[0] * height, image.Shape[2], image.Shape[3]]);
        Window.Place(image, column, index * height, left: 0);
    }
}
