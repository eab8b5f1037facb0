using Zssr.App.Images.Formats;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images;

/// <summary>Turns stored pictures the right way up.</summary>
internal static class Turning
{
    /// <summary>The picture upright.</summary>
    public static SampleImage Apply(SampleImage stored, ExifOrientation orientation)
    {
        if (orientation == ExifOrientation.Upright)
            return stored;
        bool swaps = orientation.SwapsSides();
        (int height, int width) = swaps ? (stored.Width, stored.Height) : (stored.Height, stored.Width);
        SampleImage upright = SampleImage.Blank(height, width, stored.Samples) with
        {
            Bits = stored.Bits,
            Compression = swaps ? stored.Compression?.Transposed() : stored.Compression,
        };
        for (int row = 0; row < stored.Height; row++)
        {
            // Where stored rows and columns run backwards in the upright picture.
            int r = orientation is ExifOrientation.UpsideDown or ExifOrientation.MirroredTopBottom or ExifOrientation.TurnRight
                or ExifOrientation.Transversed ? stored.Height - 1 - row : row;
            for (int column = 0; column < stored.Width; column++)
            {
                int c = orientation is ExifOrientation.MirroredLeftRight or ExifOrientation.UpsideDown or ExifOrientation.Transversed
                    or ExifOrientation.TurnLeft ? stored.Width - 1 - column : column;
                stored.At(row, column).CopyTo(swaps ? upright.At(c, r) : upright.At(r, c));
            }
        }

        return upright;
    }
}
