using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Makes an enlarged image agree with the small one (Irani and Peleg 1991): shrunk again it should give the small image, so what is
/// missing is enlarged and added: y ← clamp(y + α · enlarge(x − shrink(y)), 0, peak).
/// </summary>
/// <param name="small">x, [1, H, W, C].</param>
/// <param name="rescaling">How y becomes x, and differences become as large as y.</param>
/// <param name="scale">s.</param>
/// <param name="height">Rows of y.</param>
/// <param name="width">Columns of y.</param>
/// <param name="step">α.</param>
/// <param name="peak">The value of white.</param>
/// <param name="discrepancy">
/// Of <see cref="ProjectInPlace"/>: the root mean square of x − shrink(y) at which the rounds are over, for x has that much noise; the last
/// round is shortened not to fall below it. 0 for none.
/// </param>
public sealed class BackProjection(
    Tensor small, Rescaling rescaling, Scale scale, int height, int width, double step, double peak, double discrepancy = 0)
{
    private readonly PixelArea _whole = PixelArea.Whole(height, width);
    private readonly PixelArea _wholeSmall = PixelArea.Whole(small);
    private readonly IResize _shrink = rescaling.Shrinking(scale, (height, width), Rescaling.SizeOf(small));
    private readonly IResize _enlarge = rescaling.EnlargingDifferences(scale, Rescaling.SizeOf(small), (height, width));

    /// <summary>Improves an enlarged image by some rounds.</summary>
    /// <param name="enlarged">y, [1, sH, sW, C].</param>
    /// <param name="small">x, [1, H, W, C].</param>
    /// <param name="rescaling">How y becomes x, and differences become as large as y.</param>
    /// <param name="scale">s.</param>
    /// <param name="rounds">How many rounds; 0 copies y.</param>
    /// <param name="step">α.</param>
    /// <param name="peak">The value of white.</param>
    /// <returns>A new tensor of y's shape.</returns>
    public static Tensor Apply(
        Tensor enlarged, Tensor small, Rescaling rescaling, Scale scale, int rounds, double step = 1, double peak = 1)
    {
        ArgumentNullException.ThrowIfNull(enlarged);
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(rescaling);
        PixelArea whole = PixelArea.Whole(enlarged);
        return new BackProjection(small, rescaling, scale, whole.Rows.Length, whole.Columns.Length, step, peak)
            .Project(enlarged, whole, whole, rounds);
    }

    /// <summary>The area of y that must be known before the rounds to compute an area after them.</summary>
    internal PixelArea Support(PixelArea area, int rounds)
    {
        for (int round = 0; round < rounds; round++)
            area = area.Hull(_shrink.Support(_enlarge.Support(area)));
        return area;
    }

    /// <summary>A part of y after some rounds.</summary>
    /// <param name="y">A part of y, [1, h, w, C].</param>
    /// <param name="present">Which part that is; the <see cref="Support"/> of the area must lie in it.</param>
    /// <param name="area">The part that is wanted.</param>
    /// <param name="rounds">How many rounds.</param>
    internal Tensor Project(Tensor y, PixelArea present, PixelArea area, int rounds)
    {
        Tensor part = y.Share();
        for (int roundsLeft = rounds - 1; roundsLeft >= 0; roundsLeft--)
        {
            using Tensor before = part; // before is freed at the end of each round
            PixelArea wanted = Support(area, roundsLeft), used = _enlarge.Support(wanted);
            using Tensor difference = Difference(before, present, used);
            part = Corrected(before, present, difference, used, wanted);
            present = wanted;
        }

        using (part)
            return Window.Crop(part, area.From(present));
    }

    /// <summary>
    /// Changes y itself, tile by tile, to save memory. Each round first shrinks all of y: what is then added to a tile depends on other
    /// tiles only through the small difference.
    /// </summary>
    internal void ProjectInPlace(Tensor y, int rounds, Tiling tiling)
    {
        if (rounds == 0)
            return;
        using Tensor differences = Tensor.Zeros(small.Device, small.Shape, small.DType);
        for (int round = 0; round < rounds; round++)
        {
            tiling.ForEach(_wholeSmall, tile =>
            {
                using Tensor difference = Difference(y, _whole, tile);
                Window.Place(difference, differences, tile.Rows.Start, tile.Columns.Start);
            }, scale: Math.Max(scale.Vertical, scale.Horizontal));
            double share = ShareToTake(differences);
            if (share == 0)
                return;
            tiling.ForEach(_whole, tile =>
            {
                using Tensor corrected = Corrected(y, _whole, differences, _wholeSmall, tile, share);
                Window.Place(corrected, y, tile.Rows.Start, tile.Columns.Start);
            });
        }
    }

    /// <summary>x − shrink(y), a part of it.</summary>
    private Tensor Difference(Tensor y, PixelArea present, PixelArea area)
    {
        using Tensor shrunk = _shrink.ApplyPart(y, present, area);
        using Tensor x = Window.Crop(small, area);
        return Elementwise.Subtract(x, shrunk);
    }

    /// <summary>
    /// How much of a round to take: all of it, none of it where the noise explains the differences, and 1 − discrepancy/rms where all of it
    /// would leave less than the noise has.
    /// </summary>
    private double ShareToTake(Tensor differences)
    {
        if (discrepancy == 0)
            return 1;
        using Tensor squares = Elementwise.Multiply(differences, differences);
        using Tensor mean = Reduction.Mean(squares);
        return Math.Max(1 - discrepancy / Math.Sqrt(Math.Max(mean.Item(), double.Epsilon)), 0);
    }

    /// <summary>clamp(y + share · α · enlarge(difference)), a part of it.</summary>
    private Tensor Corrected(
        Tensor y, PixelArea present, Tensor difference, PixelArea differencePresent, PixelArea area, double share = 1)
    {
        using Tensor correction = _enlarge.ApplyPart(difference, differencePresent, area);
        using Tensor scaled = Elementwise.Multiply(correction, share * step);
        using Tensor before = Window.Crop(y, area.From(present));
        using Tensor sum = Elementwise.Add(before, scaled);
        return Elementwise.Clamp(sum, 0, peak);
    }
}
