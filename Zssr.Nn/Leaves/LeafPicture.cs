namespace Zssr.Nn;

/// <summary>
/// Pictures that are drawn by chance and have the statistics of photographs: "dead leaves", shapes of all sizes that hide one another. A
/// network can learn from them what edges, corners, lines and textures look like when they are shrunk, without ever seeing a photograph.
/// </summary>
/// <remarks>
/// A. B. Lee, D. Mumford, J. Huang, "Occlusion models for natural images", 2001: shapes with sizes ∝ r⁻³ that occlude one another have the
/// statistics of natural images at every scale. The picture is drawn at twice its size and averaged, which smooths edges. The same seed
/// and number give the same picture on every machine.
/// </remarks>
public static class LeafPicture
{
    private const int MostLeaves = 40_000;

    /// <summary>What is left between the leaves is filled at last.</summary>
    private const double Whole = 0.995;

    /// <summary>Draws a picture.</summary>
    /// <param name="height">Rows, 8 to 4096.</param>
    /// <param name="width">Columns, 8 to 4096.</param>
    /// <param name="seed">Which series of pictures.</param>
    /// <param name="number">Which picture of the series, 0 or more.</param>
    /// <returns>height × width × 3 values, 0…1, each a multiple of 1/255.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side or the number is outside its range.</exception>
    public static float[] Draw(int height, int width, ulong seed, int number)
    {
        foreach (int side in new[] { height, width })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 8);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(side, 4096);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var random = new LeafRandom(seed, number);
        var scene = new LeafScene(random, (2 * height, 2 * width));
        var canvas = new LeafCanvas(2 * height, 2 * width);
        if (random.Chance(0.5))
            scene.AddDetails(canvas);
        if (random.Chance(0.3))
        {
            // Something sharp before a background that is out of focus.
            Cover(canvas, scene, random.Between(0.2, 0.7));
            var background = new LeafCanvas(2 * height, 2 * width);
            Cover(background, scene, Whole);
            canvas.AddBehind(background.Blurred(2 + random.Below(8)));
        }
        else
            Cover(canvas, scene, Whole);
        scene.Fill(canvas);
        return canvas.Halved();
    }

    /// <summary>Adds leaves until a share of the canvas is covered.</summary>
    private static void Cover(LeafCanvas canvas, LeafScene scene, double share)
    {
        for (int leaf = 0; leaf < MostLeaves && canvas.Covered < share; leaf++)
            canvas.Add(scene.DrawLeaf());
    }
}
