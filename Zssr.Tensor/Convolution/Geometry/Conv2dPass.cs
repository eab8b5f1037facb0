namespace Zssr.Tensors;

/// <summary>What a convolution kernel computes.</summary>
internal enum Conv2dPass
{
    /// <summary>y from x and w.</summary>
    Forward,

    /// <summary>dx from dy and w.</summary>
    InputGradient,

    /// <summary>dw from x and dy.</summary>
    WeightGradient,
}
