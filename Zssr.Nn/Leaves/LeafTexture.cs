namespace Zssr.Nn;

/// <summary>How the brightness of a leaf goes from pixel to pixel. Leaves without a texture are one colour.</summary>
internal abstract class LeafTexture
{
    /// <summary>What is added to the leaf's colour at a place, in pixels of the drawing.</summary>
    public abstract double At(double x, double y);

    /// <summary>A random texture for a leaf: none (null), stripes or checks, or noise.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <param name="noise">The drawing's noise.</param>
    /// <param name="contrast">How strong the drawing's textures are.</param>
    public static LeafTexture? Draw(LeafRandom random, NoiseTile noise, double contrast)
    {
        double strength = contrast * random.Between(0.1, 1);
        return random.Below(8) switch
        {
            0 or 1 => new Waves(random, strength, isGrid: false),
            2 => new Waves(random, strength, isGrid: true),
            3 or 4 or 5 => new Noise(random, noise, strength / 2),
            _ => null,
        };
    }

    /// <summary>Stripes across one direction, or the product of two: with rounded crests, or sharp as if painted.</summary>
    private sealed class Waves : LeafTexture
    {
        private readonly double _acrossX, _acrossY, _phase, _strength;
        private readonly bool _isSharp, _isGrid;

        public Waves(LeafRandom random, double strength, bool isGrid)
        {
            (double x, double y) = random.Direction();
            // From the finest that the picture can show; fine ones are as frequent as coarse ones, by octaves.
            double period = random.Size(3, 60) * random.Between(1, 2);
            (_acrossX, _acrossY, _phase) = (x / period, y / period, random.Between(0, 1));
            (_strength, _isSharp, _isGrid) = (strength, random.Chance(0.5), isGrid);
        }

        public override double At(double x, double y)
        {
            double wave = Wave(_acrossX * x + _acrossY * y + _phase);
            if (_isGrid)
                wave *= Wave(_acrossX * y - _acrossY * x + _phase);
            return _strength * wave;
        }

        /// <summary>Two parabolas in place of a sine, or its sign; of period 1.</summary>
        private double Wave(double t)
        {
            double half = 2 * (t - Math.Floor(t)) - 1;
            return _isSharp ? (half < 0 ? -1 : 1) : 4 * half * (1 - Math.Abs(half));
        }
    }

    /// <summary>The drawing's noise, moved, turned, stretched and made larger or smaller.</summary>
    private sealed class Noise : LeafTexture
    {
        private readonly NoiseTile _noise;
        private readonly double _xx, _xy, _yx, _yy, _left, _top, _strength;

        public Noise(LeafRandom random, NoiseTile noise, double strength)
        {
            (double x, double y) = random.Direction();
            double along = random.Between(0.25, 1), across = along * random.Between(0.3, 1);
            (_xx, _xy, _yx, _yy) = (x * along, y * along, -y * across, x * across);
            (_noise, _strength, _left, _top) = (noise, strength, random.Between(0, 128), random.Between(0, 128));
        }

        public override double At(double x, double y) =>
            _strength * _noise.At(_xx * x + _xy * y + _left, _yx * x + _yy * y + _top);
    }
}
