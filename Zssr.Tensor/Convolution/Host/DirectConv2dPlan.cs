namespace Zssr.Tensors;

/// <summary>
/// What a convolution and the gradient with respect to its input have in common: a source image is read, a target image is written, and
/// each target row is a sum of matrix products of source rows with weights.
/// </summary>
/// <param name="Images">N.</param>
/// <param name="SourceChannels">Channels of what is read: C of x, or K of dy for the gradient.</param>
/// <param name="TargetChannels">Channels of what is written: K of y, or C of dx.</param>
/// <param name="Vertical">Rows.</param>
/// <param name="Horizontal">Columns.</param>
internal readonly record struct DirectConv2dPlan(
    int Images, int SourceChannels, int TargetChannels, Conv2dAxis Vertical, Conv2dAxis Horizontal)
{
    /// <summary>x → y.</summary>
    public static DirectConv2dPlan Forward(in Conv2dGeometry g) => new(
        g.Batch,
        g.InputChannels,
        g.OutputChannels,
        new(g.InputHeight, g.OutputHeight, g.KernelHeight, g.Stride, g.Padding, Gradient: false),
        new(g.InputWidth, g.OutputWidth, g.KernelWidth, g.Stride, g.Padding, Gradient: false));

    /// <summary>dy → dx.</summary>
    public static DirectConv2dPlan InputGradient(in Conv2dGeometry g) => new(
        g.Batch,
        g.OutputChannels,
        g.InputChannels,
        new(g.OutputHeight, g.InputHeight, g.KernelHeight, g.Stride, g.Padding, Gradient: true),
        new(g.OutputWidth, g.InputWidth, g.KernelWidth, g.Stride, g.Padding, Gradient: true));

    /// <summary>Elements of work, as <see cref="IHostWork.Cost"/> counts them.</summary>
    public long Cost => (long)Images * Vertical.Output * Horizontal.Output * TargetChannels
        * Math.Max(1, (long)Vertical.MostTaps * Horizontal.MostTaps * SourceChannels / 16);

    /// <summary>Zeros before the first pixel of a padded source row, enough for every phase.</summary>
    public int Left
    {
        get
        {
            int left = 0;
            for (int phase = 0; phase < Horizontal.Phases; phase++)
                left = Math.Max(left, -Horizontal[phase].SourceStart);
            return left;
        }
    }

    /// <summary>
    /// Pixels of a padded source row: whatever a tile may read, the rows of the last tile that lie past the image included.
    /// </summary>
    public int Pixels
    {
        get
        {
            int pixels = 1;
            for (int phase = 0; phase < Horizontal.Phases; phase++)
            {
                AxisTaps taps = Horizontal[phase];
                int last = (TileRows(taps.Count) - 1) * taps.SourceStep;
                pixels = Math.Max(pixels, Left + taps.SourceStart + last + taps.Taps);
            }

            return pixels;
        }
    }

    /// <summary>Floats of the packed weights of one pair of phases.</summary>
    public long PackedSize(int lanes) => AlignedMemory.Lines(
        (long)Vertical.MostTaps * Horizontal.MostTaps * SourceChannels * PanelPacking.PaddedColumns(TargetChannels, lanes));

    /// <summary>Where the packed weights of a pair of phases start, in units of <see cref="PackedSize"/>.</summary>
    public int PhasePair(int vertical, int horizontal) => vertical * Horizontal.Phases + horizontal;

    /// <summary>A number of pixels rounded up to whole tiles.</summary>
    public static int TileRows(int pixels) => (pixels + GemmTile.Rows - 1) / GemmTile.Rows * GemmTile.Rows;
}
