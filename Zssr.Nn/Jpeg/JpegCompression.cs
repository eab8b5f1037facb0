using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>
/// How strongly a JPEG file is compressed: the steps by which its coefficients were divided and rounded, and how its colours were shrunk.
/// </summary>
/// <remarks>
/// Each table has 64 steps, row by row: that of vertical frequency u and horizontal frequency v stands at 8 · u + v. Source: ITU-T T.81,
/// section A.3.4 and annex K.1 (the tables that <see cref="OfQuality"/> scales).
/// </remarks>
public sealed record JpegCompression
{
    /// <summary>Rows and columns of a block.</summary>
    public const int Side = 8;

    /// <summary>Steps of a table.</summary>
    public const int Steps = Side * Side;

    private static readonly int[] StandardLuma =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100,
        103, 99,
    ];

    private static readonly int[] StandardChroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        .. Enumerable.Repeat(99, 32),
    ];

    /// <summary>The steps of the brightness Y.</summary>
    [JsonConverter(typeof(NumbersOnOneLine))]
    public required IReadOnlyList<int> Luma { get; init; }

    /// <summary>The steps of the blue difference Cb.</summary>
    [JsonConverter(typeof(NumbersOnOneLine))]
    public required IReadOnlyList<int> BlueDifference { get; init; }

    /// <summary>The steps of the red difference Cr.</summary>
    [JsonConverter(typeof(NumbersOnOneLine))]
    public required IReadOnlyList<int> RedDifference { get; init; }

    /// <summary>Rows of the picture for one of Cb and Cr: 1, 2 or 4.</summary>
    public int Down { get; init; } = 1;

    /// <summary>Columns of the picture for one of Cb and Cr: 1, 2 or 4.</summary>
    public int Across { get; init; } = 1;

    /// <summary>
    /// The standard's tables as most programs scale them (the Independent JPEG Group's): a step t becomes ⌊(t · p + 50)/100⌋, at least 1
    /// and at most 255, with p = 5000/quality below 50 and 200 − 2 · quality from 50 on.
    /// </summary>
    /// <param name="quality">1 to 100.</param>
    /// <param name="down">Rows for one of Cb and Cr; 2 as a rule.</param>
    /// <param name="across">Columns for one of Cb and Cr; 2 as a rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is outside its range.</exception>
    public static JpegCompression OfQuality(int quality, int down = 2, int across = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        int[] chroma = Scaled(StandardChroma, quality);
        return new JpegCompression
        {
            Luma = Scaled(StandardLuma, quality),
            BlueDifference = chroma,
            RedDifference = chroma,
            Down = down,
            Across = across,
        };
    }

    /// <summary>The quality whose table for Y is nearest to this one: the number that most programs would call it by.</summary>
    [JsonIgnore]
    public int NearestQuality => Enumerable.Range(1, 100).MinBy(quality => Luma.Zip(Scaled(StandardLuma, quality), Distance).Sum());

    /// <summary>The same for a picture whose rows have become columns.</summary>
    public JpegCompression Transposed() => this with
    {
        Luma = Transposed(Luma),
        BlueDifference = Transposed(BlueDifference),
        RedDifference = Transposed(RedDifference),
        Down = Across,
        Across = Down,
    };

    /// <summary>How far apart two steps are, by the factor between them.</summary>
    private static double Distance(int a, int b) => Math.Abs(Math.Log((double)a / b));

    private static int[] Scaled(int[] table, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return [.. table.Select(step => Math.Clamp((step * percent + 50) / 100, 1, 255))];
    }

    private static int[] Transposed(IReadOnlyList<int> table) =>
        [.. Enumerable.Range(0, Steps).Select(i => table[i % Side * Side + i / Side])];
}
