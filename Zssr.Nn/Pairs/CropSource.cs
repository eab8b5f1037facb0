using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>An image that fathers are cropped from: a source of the run, or that source shrunk, of which only crops are ever made.</summary>
internal sealed class CropSource : IDisposable
{
    private readonly Tensor _source;
    private readonly SeparableResize? _shrink;
    private readonly double _scale;
    private DetailMap? _detail;

    private CropSource(Tensor source, int index, double scale, SeparableResize? shrink)
    {
        (_source, Index, _scale, _shrink) = (source.Share(), index, scale, shrink);
        PixelArea whole = shrink?.Output ?? PixelArea.Whole(source);
        (Height, Width) = (whole.Rows.Length, whole.Columns.Length);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Which of the run's sources, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Where it has detail; found out when it is asked first.</summary>
    public DetailMap Detail
    {
        get
        {
            if (_detail is not null)
                return _detail;
            using Tensor whole = _shrink?.Apply(_source) ?? _source.Share();
            return _detail = DetailMap.Of(whole);
        }
    }

    /// <summary>A source as it is. It has a share of the image.</summary>
    public static CropSource Whole(Tensor source, int index) => new(source, index, scale: 1, shrink: null);

    /// <summary>The source shrunk to a scale (bicubic, antialiased); null where it would have too few pixels for a father.</summary>
    /// <param name="source">The source.</param>
    /// <param name="index">Which of the run's sources.</param>
    /// <param name="scale">Below 1.</param>
    /// <param name="leastSide">Rows and columns that it must have: <see cref="Sons.LeastSide"/>.</param>
    public static CropSource? Shrunk(Tensor source, int index, double scale, int leastSide)
    {
        (int height, int width) = ((int)Math.Ceiling(source.Shape[1] * scale), (int)Math.Ceiling(source.Shape[2] * scale));
        if (Math.Min(height, width) < leastSide)
            return null;
        var plan = new ImResizePlan(source.Shape[1], source.Shape[2], scale, scale, height, width);
        return new CropSource(source, index, scale, new SeparableResize(plan));
    }

    /// <summary>A rectangle of it, [1, height, width, C].</summary>
    public Tensor Crop(int top, int left, int height, int width) => _shrink is null
        ? Window.Crop(_source, top, left, height, width)
        : _shrink.ApplyPart(_source, PixelArea.Whole(_source), new PixelArea(top, left, height, width));

    /// <summary>A crop of it in words, such as <c>90°</c> or <c>0.7 size, 90°</c>.</summary>
    public string Describe(Variant variant) =>
        _scale == 1 ? variant.ToString() : string.Create(CultureInfo.InvariantCulture, $"{_scale:0.##} size, {variant}");

    public void Dispose() => _source.Dispose();
}
