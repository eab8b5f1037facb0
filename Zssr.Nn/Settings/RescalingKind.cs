namespace Zssr.Nn;

/// <summary>The two published ways to make images smaller and larger; <see cref="Nn.Rescaling"/> says what each takes for what.</summary>
public enum RescalingKind
{
    /// <summary>PyTorch's <c>interpolate</c>, as in the article: <see cref="InterpolateRescaling"/>.</summary>
    Interpolate,

    /// <summary>MATLAB's <c>imresize</c>, as in the paper: <see cref="ImResizeRescaling"/>.</summary>
    Imresize,
}
