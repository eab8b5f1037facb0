namespace Zssr.Nn;

/// <summary>
/// Noise whose amplitude falls with the frequency as 1/f, as that of natural textures: the sum of octaves of equal variance, each a lattice
/// of random numbers interpolated smoothly. The tile repeats without a seam.
/// </summary>
/// <remarks>
/// D. J. Field, "Relations between the statistics of natural images and the response properties of cortical cells", 1987.
/// </remarks>
internal sealed class NoiseTile
{
    private const int Side = 128;
    private readonly float[] _values = new float[Side * Side];

    /// <summary>A tile of new noise, mean 0, standard deviation about 1.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <param name="roughness">The amplitude of an octave relative to that of the next coarser one; 1 is 1/f noise.</param>
    public NoiseTile(LeafRandom random, double roughness)
    {
        double amplitude = 1, variance = 0;
        for (int spacing = Side / 2; spacing >= 1; spacing /= 2)
        {
            AddOctave(random, spacing, amplitude);
            variance += amplitude * amplitude * (spacing == 1 ? 1 : 0.5);
            amplitude *= roughness;
        }

        for (int i = 0; i < _values.Length; i++)
            _values[i] = (float)(_values[i] / Math.Sqrt(variance));
    }

    /// <summary>The noise at a place, bilinear between its four nearest values.</summary>
    public double At(double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        int column = (int)left & (Side - 1), row = (int)top & (Side - 1), below = (row + 1) & (Side - 1), right = (column + 1) & (Side - 1);
        double u = x - left, v = y - top;
        double above = _values[row * Side + column] * (1 - u) + _values[row * Side + right] * u;
        double under = _values[below * Side + column] * (1 - u) + _values[below * Side + right] * u;
        return above * (1 - v) + under * v;
    }

    private void AddOctave(LeafRandom random, int spacing, double amplitude)
    {
        int points = Side / spacing;
        double[] lattice = new double[points * points];
        for (int i = 0; i < lattice.Length; i++)
            lattice[i] = random.Bell() * amplitude;
        for (int row = 0; row < Side; row++)
        {
            int top = row / spacing, bottom = (top + 1) % points;
            double v = Smooth((double)(row % spacing) / spacing);
            for (int column = 0; column < Side; column++)
            {
                int left = column / spacing, right = (left + 1) % points;
                double u = Smooth((double)(column % spacing) / spacing);
                double above = lattice[top * points + left] * (1 - u) + lattice[top * points + right] * u;
                double below = lattice[bottom * points + left] * (1 - u) + lattice[bottom * points + right] * u;
                _values[row * Side + column] += (float)(above * (1 - v) + below * v);
            }
        }
    }

    /// <summary>3t² − 2t³: from 0 to 1 without a kink at either end.</summary>
    private static double Smooth(double t) => t * t * (3 - 2 * t);
}
