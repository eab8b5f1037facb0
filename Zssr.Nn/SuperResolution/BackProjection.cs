using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Makes an enlarged image agree with the small one (Irani and Peleg 1991): shrunk again it should give the small image, so what is
/// missing is enlarged and added: y ← clamp(y + α · enlarge(x − shrink(y)), 0, peak).
/// </summary>
public static class BackProjection
{
    /// <summary>Improves an enlarged image by some rounds.</summary>
    /// <param name="enlarged">y, [1, sH, sW, C].</param>
    /// <param name="small">x, [1, H, W, C].</param>
    /// <param name="rescaling">How y becomes x, and differences become as large as y.</param>
    /// <param name="scale">s.</param>
    /// <param name="rounds">How many rounds; 0 copies y.</param>
    /// <param name="step">α.</param>
    /// <param name="peak">The value of white.</param>
    /// <returns>A new tensor of y's shape.</returns>
    public static Tensor Apply(
        Tensor enlarged, Tensor small, Rescaling rescaling, Scale scale, int rounds, double step = 1, double peak = 1)
    {
        ArgumentNullException.ThrowIfNull(enlarged);
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(rescaling);
        Tensor y = enlarged.Share();
        for (int round = 0; round < rounds; round++)
        {
            using Tensor before = y;
            using Tensor shrunk = rescaling.Shrink(y, scale, small.Shape[1], small.Shape[2]);
            using Tensor difference = Elementwise.Subtract(small, shrunk);
            using Tensor correction = rescaling.EnlargeDifference(difference, scale, y.Shape[1], y.Shape[2]);
            using Tensor scaled = Elementwise.Multiply(correction, step);
            using Tensor sum = Elementwise.Add(y, scaled);
            y = Elementwise.Clamp(sum, 0, peak);
        }

        return y;
    }
}
