namespace Zssr.Nn;

/// <summary>What the leaves of one drawing have in common: range of sizes, colours, strength of textures.</summary>
internal sealed class LeafScene
{
    private readonly LeafRandom _random;
    private readonly (int Height, int Width) _side;
    private readonly double _smallest, _largest, _contrast;
    private readonly LeafPalette _palette;
    private readonly NoiseTile _noise;

    /// <summary>A scene for a drawing of height × width pixels.</summary>
    public LeafScene(LeafRandom random, (int Height, int Width) side)
    {
        (_random, _side) = (random, side);
        int shorter = Math.Min(side.Height, side.Width);
        // Fine detail all over, or large calm shapes.
        _smallest = random.Chance(0.7) ? random.Between(2, 8) : random.Between(8, 24);
        _largest = Math.Max(shorter * random.Between(0.1, 0.6), 2 * _smallest);
        _contrast = random.Between(0.02, 0.25);
        _palette = new LeafPalette(random);
        _noise = new NoiseTile(random, random.Between(0.7, 1.1));
    }

    /// <summary>A leaf like the others of the scene.</summary>
    public Leaf DrawLeaf() => LeafOf(_random.Size(_smallest, _largest), LeafOutline.Draw(_random), isTextured: true);

    /// <summary>Puts writing and thin lines in front of all else.</summary>
    public void AddDetails(LeafCanvas canvas)
    {
        int shorter = Math.Min(_side.Height, _side.Width);
        for (int i = _random.Below(4); i > 0; i--)
            canvas.Add(LeafOf(shorter * _random.Between(0.08, 0.35), WritingOutline.Draw(_random), isTextured: false));
        for (int i = _random.Below(12); i > 0; i--)
        {
            double length = shorter * _random.Between(0.05, 0.7), thickness = _random.Between(0.6, 3);
            canvas.Add(LeafOf(length, new LeafOutline.Box(Math.Min(thickness / length, 1)), isTextured: false));
        }
    }

    /// <summary>Paints what no leaf has covered.</summary>
    public void Fill(LeafCanvas canvas)
    {
        if (canvas.Covered == 1)
            return;
        (double red, double green, double blue) = _palette.Draw(_random);
        float[] plain = new float[canvas.Pixels.Length];
        for (int i = 0; i < plain.Length; i += 3)
            (plain[i], plain[i + 1], plain[i + 2]) = ((float)red, (float)green, (float)blue);
        canvas.AddBehind(plain);
    }

    private Leaf LeafOf(double size, LeafOutline outline, bool isTextured) => new(
        _random, _side, size, outline, _palette.Draw(_random),
        isTextured ? LeafTexture.Draw(_random, _noise, _contrast) : null);
}
