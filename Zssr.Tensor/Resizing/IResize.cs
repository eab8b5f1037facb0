namespace Zssr.Tensors;

/// <summary>
/// A change of size of images [N, H, W, C], planned for one size before and one after. Any part of the result can be computed by itself,
/// from the part of the images that it depends on, to the same bits.
/// </summary>
public interface IResize
{
    /// <summary>All pixels of the result.</summary>
    PixelArea Output { get; }

    /// <summary>The part of the images that a part of the result depends on.</summary>
    PixelArea Support(PixelArea output);

    /// <summary>The whole result.</summary>
    /// <exception cref="ShapeException">The images have another size than this was made for.</exception>
    Tensor Apply(Tensor x);

    /// <summary>A part of the result.</summary>
    /// <param name="x">A part of the images, [N, h, w, C].</param>
    /// <param name="input">Which part that is; <see cref="Support"/> of the output must lie in it.</param>
    /// <param name="output">Which part of the result.</param>
    /// <exception cref="ShapeException">x has another size than the part, or does not hold what is needed.</exception>
    Tensor ApplyPart(Tensor x, PixelArea input, PixelArea output);
}
