namespace Zssr.App.Images.Metadata;

/// <summary>Where the first row and the first column of a stored picture belong, by the numbers of EXIF's tag 0x0112.</summary>
internal enum ExifOrientation
{
    /// <summary>Top, left: as it should be.</summary>
    Upright = 1,

    /// <summary>Top, right.</summary>
    MirroredLeftRight = 2,

    /// <summary>Bottom, right: to be turned by 180°.</summary>
    UpsideDown = 3,

    /// <summary>Bottom, left.</summary>
    MirroredTopBottom = 4,

    /// <summary>Left, top: rows and columns change places.</summary>
    Transposed = 5,

    /// <summary>Right, top: to be turned clockwise by 90°.</summary>
    TurnRight = 6,

    /// <summary>Right, bottom: rows and columns change places, along the other diagonal.</summary>
    Transversed = 7,

    /// <summary>Left, bottom: to be turned anticlockwise by 90°.</summary>
    TurnLeft = 8,
}

/// <summary>What an orientation does to a picture.</summary>
internal static class ExifOrientations
{
    /// <summary>Whether rows become columns.</summary>
    public static bool SwapsSides(this ExifOrientation orientation) => orientation >= ExifOrientation.Transposed;
}
