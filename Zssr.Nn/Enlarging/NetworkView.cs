using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// What a network is given of an image, and what becomes of its answer, part by part: between an <see cref="Enlarger"/>, which thinks in
/// pixels of the result, and networks of two kinds. Most are given the image interpolated to the result's size. A sub-pixel network is
/// given the image itself, in a frame of mirrored pixels if <see cref="TurnedCopies"/> need one; where it enlarges by more than was asked
/// for, its answer is shrunk by MATLAB's <c>imresize</c>.
/// </summary>
internal sealed class NetworkView : IDisposable
{
    private readonly Tensor _image;
    private readonly double _peak;
    private readonly IResize? _interpolation;
    private readonly SeparableResize? _shrink;
    private readonly TurnedCopies _copies;
    private readonly int _frame, _rowsBefore, _columnsBefore;

    /// <summary>A view for an image, a scale and a size.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rescaling">How it is interpolated.</param>
    /// <param name="image">[1, H, W, C]; stays the caller's.</param>
    /// <param name="scale">By how much it grows.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="peak">The value of white.</param>
    /// <exception cref="ArgumentException">The network enlarges by less than the scale.</exception>
    public NetworkView(Module network, Rescaling rescaling, Tensor image, Scale scale, int height, int width, double peak)
    {
        _peak = peak;
        WholeScale enlargement = network.Enlargement;
        if (enlargement == WholeScale.One)
        {
            _image = image.Share();
            _interpolation = rescaling.Enlarging(scale, Rescaling.SizeOf(image), (height, width));
            _copies = new TurnedCopies(network, height, width, peak);
            return;
        }

        if (enlargement != enlargement.Max(WholeScale.AtLeast(scale)))
        {
            throw new ArgumentException(
                $"enlarger: the network enlarges by {enlargement}, less than the scale {scale}. Give a scale up to that.", nameof(scale));
        }

        _frame = TurnedCopies.Frame(network);
        _image = _frame == 0 ? image.Share() : Resize.MirrorPad(image, _frame, _frame, _frame, _frame);
        (_rowsBefore, _columnsBefore) = (_frame * enlargement.Vertical, _frame * enlargement.Horizontal);
        PixelArea whole = PixelArea.Whole(_image), large = enlargement.Enlarge(PixelArea.Whole(image));
        _copies = new TurnedCopies(network, whole.Rows.Length, whole.Columns.Length, peak);
        if (!enlargement.Is(scale))
        {
            _shrink = new SeparableResize(new ImResizePlan(
                large.Rows.Length, large.Columns.Length, scale.Vertical / enlargement.Vertical, scale.Horizontal / enlargement.Horizontal,
                height, width));
        }
    }

    /// <summary>The part of what the network is given on which a part of the result depends.</summary>
    public PixelArea Support(PixelArea area) => _copies.Support(AnswerFor(area));

    /// <summary>The image as the network is given it, without a frame.</summary>
    public Tensor GivenWhole(Tensor given) => Window.Crop(given, _frame, _frame, given.Shape[1] - 2 * _frame, given.Shape[2] - 2 * _frame);

    /// <summary>A part of what the network is given.</summary>
    public Tensor Given(PixelArea area) => _interpolation is null
        ? Window.Crop(_image, area) : _interpolation.ApplyPart(_image, PixelArea.Whole(_image), area);

    /// <summary>A part of the answer to a turned and mirrored copy, turned back, as large as the result and clamped.</summary>
    /// <param name="given">A part of what the network is given.</param>
    /// <param name="present">Which part that is; the <see cref="Support"/> of the area must lie in it.</param>
    /// <param name="variant">How the copy is turned and mirrored.</param>
    /// <param name="area">The part of the result that is wanted.</param>
    public Tensor Answer(Tensor given, PixelArea present, Variant variant, PixelArea area)
    {
        PixelArea wanted = AnswerFor(area);
        Tensor answer = _copies.Answer(given, present, variant, wanted);
        if (_shrink is null)
            return answer;
        using (answer)
        {
            using Tensor shrunk = _shrink.ApplyPart(answer, _shrink.Support(area), area);
            return Elementwise.Clamp(shrunk, 0, _peak);
        }
    }

    /// <summary>Frees the frame.</summary>
    public void Dispose() => _image.Dispose();

    /// <summary>The part of the network's answer that becomes a part of the result.</summary>
    private PixelArea AnswerFor(PixelArea area) => (_shrink?.Support(area) ?? area).Moved(_rowsBefore, _columnsBefore);
}
