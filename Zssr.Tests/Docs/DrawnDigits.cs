namespace Zssr.Tests.Docs;

/// <summary>Pictures of digits of 3 × 5 dots, twice as large, somewhere in 12 × 12 pixels, with noise.</summary>
internal static class DrawnDigits
{
    private const int Side = 12;

    // Five rows of three dots, the top row first.
    private static readonly string[] Dots =
    [
        "###|#.#|#.#|#.#|###", ".#.|##.|.#.|.#.|###", "###|..#|###|#..|###", "###|..#|.##|..#|###", "#.#|#.#|###|..#|..#",
        "###|#..|###|..#|###", "###|#..|###|#.#|###", "###|..#|.#.|.#.|.#.", "###|#.#|###|#.#|###", "###|#.#|###|..#|###",
    ];

    /// <summary>Pictures [count, 12, 12, 1] with values around 0 and 1, and which digits are on them.</summary>
    public static (float[] Pixels, int[] Digits) Of(int count, int seed)
    {
        var random = new Random(seed);
        float[] pixels = [.. Enumerable.Range(0, count * Side * Side).Select(_ => (float)(0.1 * random.NextDouble()))];
        int[] digits = [.. Enumerable.Range(0, count).Select(i => i % 10)];
        for (int i = 0; i < count; i++)
        {
            string[] rows = Dots[digits[i]].Split('|');
            (int top, int left) = (random.Next(3), random.Next(7));
            for (int y = 0; y < 10; y++)
                for (int x = 0; x < 6; x++)
                    if (rows[y / 2][x / 2] == '#')
                        pixels[(i * Side + top + y) * Side + left + x] += 0.9f;
        }

        return (pixels, digits);
    }

    /// <summary>For how many pictures the largest of ten numbers is the digit's.</summary>
    public static int Right(float[] logits, int[] digits) =>
        logits.Chunk(10).Zip(digits).Count(pair => pair.First.AsSpan().IndexOf(pair.First.Max()) == pair.Second);
}
