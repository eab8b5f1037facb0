namespace Zssr.Tensors;

/// <summary>How PyTorch's <c>interpolate</c> joins neighbouring pixels.</summary>
public enum InterpolationMode
{
    /// <summary>A straight line between the two nearest pixels of each axis.</summary>
    Bilinear,

    /// <summary>Cubic convolution over the four nearest pixels of each axis, with a = −0.75.</summary>
    Bicubic,
}

/// <summary>The kernels h(x) of MATLAB's <c>imresize</c>; x counts pixels from the point sampled.</summary>
public enum ResizeKernel
{
    /// <summary>Cubic convolution with a = −0.5, 4 pixels wide. All published super-resolution figures use it.</summary>
    Cubic,

    /// <summary>1 − |x|, 2 pixels wide.</summary>
    Linear,

    /// <summary>1 on −½ ≤ x &lt; ½: the nearest pixel, or, antialiased, the mean of the pixels covered.</summary>
    Box,

    /// <summary>sinc(x) · sinc(x/2), 4 pixels wide.</summary>
    Lanczos2,

    /// <summary>sinc(x) · sinc(x/3), 6 pixels wide.</summary>
    Lanczos3,
}

/// <summary>What <c>imresize</c> takes for the pixels outside the image.</summary>
public enum ResizeBorder
{
    /// <summary>The mirror image, edge pixel repeated (… b a | a b c …), as MATLAB does.</summary>
    Symmetric,

    /// <summary>The edge pixel (… a a | a b c …).</summary>
    Replicate,
}

/// <summary>How an image is continued by its own mirror image.</summary>
public enum MirrorMode
{
    /// <summary>The edge pixel is repeated: … b a | a b c …</summary>
    Symmetric,

    /// <summary>The edge pixel is the mirror and stands once: … c b | a b c …</summary>
    Reflect,
}
