namespace Zssr.Tensors;

/// <summary>What the median of an even number of values is. For odd numbers there is one middle value, and all kinds agree.</summary>
public enum MedianKind
{
    /// <summary>The lower of the two middle values, as PyTorch's <c>median</c>; always one of the values.</summary>
    LowerMiddle,

    /// <summary>The mean of the two middle values, as NumPy's <c>median</c>.</summary>
    MeanOfMiddle,
}
