using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Measures how well a network rebuilds the image from the image's own son: the only figure of merit that a run without a ground truth
/// has. The network's plain output counts, clamped, without copies and back-projection.
/// </summary>
public sealed class ReconstructionProbe : IDisposable
{
    private readonly Tensor _image;
    private readonly Tensor _son;
    private readonly double _peak;

    /// <summary>Prepares the son of an image.</summary>
    /// <param name="image">[1, H, W, C], values 0…peak.</param>
    /// <param name="rescaling">How the son is made and enlarged.</param>
    /// <param name="scale">By how much the network enlarges.</param>
    /// <param name="largestSide">Larger images are judged by their middle, of this many rows and columns at most.</param>
    /// <param name="peak">The value of white.</param>
    /// <param name="smallSon">Whether the son stays small, for a network that enlarges it itself; see <see cref="PaperPairs"/>.</param>
    public ReconstructionProbe(
        Tensor image, Rescaling rescaling, Scale scale, int largestSide, double peak, bool smallSon = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        Sons.RequireWhole(scale, smallSon);
        int height = Sons.FatherSide(Math.Min(image.Shape[1], largestSide), scale.Vertical, smallSon);
        int width = Sons.FatherSide(Math.Min(image.Shape[2], largestSide), scale.Horizontal, smallSon);
        _image = Window.Crop(image, (image.Shape[1] - height) / 2, (image.Shape[2] - width) / 2, height, width);
        _peak = peak;
        try
        {
            _son = Sons.Of(_image, rescaling, scale, noise: 0, peak, seed: 0, stream: 0, smallSon);
        }
        catch
        {
            _image.Dispose();
            throw;
        }
    }

    /// <summary>The mean squared error, with values 0…1.</summary>
    public double Measure(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using Tensor output = network.Infer(_son);
        using Tensor clamped = Elementwise.Clamp(output, 0, _peak);
        using Tensor error = Loss.MeanSquared(clamped, _image);
        return error.Item() / (_peak * _peak);
    }

    /// <summary>Frees the image and its son.</summary>
    public void Dispose()
    {
        _image.Dispose();
        _son.Dispose();
    }
}
