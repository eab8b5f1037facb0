namespace Zssr.Nn;

/// <summary>
/// Which of a seed's independent sequences serves what. Each iteration has sequences of its own, so the random state of a run is the seed
/// and the number of iterations done: a resumed run draws what an uninterrupted one would have drawn.
/// </summary>
internal static class RandomStreams
{
    /// <summary>The initial weights of a layer; its bias takes the next sequence. Each attempt has others.</summary>
    public static ulong Weights(int layer, int attempt) => Of(1, attempt, 2 * layer);

    /// <summary>Which pair an iteration draws, and how it is cropped and mapped.</summary>
    public static ulong Draw(int stage, int iteration) => Of(2, stage, iteration);

    /// <summary>The noise of a son.</summary>
    public static ulong Noise(int stage, int number) => Of(3, stage, number);

    /// <summary>All of a drawing.</summary>
    public static ulong Drawing(int number) => Of(4, 0, number);

    /// <summary>Which picture a pair of a start's training is cropped from, and how it is shrunk.</summary>
    public static ulong StartPair(int number) => Of(5, 0, number);

    /// <summary>What a son gets beside plain noise: noise of its own for each channel, and where its JPEG blocks are.</summary>
    public static ulong Damage(int stage, int number) => Of(6, stage, number);

    /// <summary>The one sequence of a blur kernel's seed.</summary>
    public static ulong Kernel => Of(9, 0, 0);

    private static ulong Of(int use, int stage, int number) => (ulong)use << 56 | (ulong)(uint)stage << 40 | (uint)number;
}
