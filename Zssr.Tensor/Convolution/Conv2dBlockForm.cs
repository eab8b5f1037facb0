namespace Zssr.Tensors;

/// <summary>What a <see cref="Conv2dBlock"/> does besides its convolution.</summary>
/// <param name="Stride">Pixels of x from one pixel of y to the next; 1 or more.</param>
/// <param name="Padding">Zeros around x on every side; 0 or more.</param>
/// <param name="HasRelu">Whether negative sums become 0.</param>
/// <param name="IsResidual">Whether x is added at the end.</param>
public readonly record struct Conv2dBlockForm(int Stride, int Padding, bool HasRelu, bool IsResidual);
