namespace Zssr.Nn;

/// <summary>One leaf of a drawing: an outline somewhere, with a colour, a light that changes over it, and a texture.</summary>
internal sealed class Leaf
{
    private readonly LeafOutline _outline;
    private readonly LeafTexture? _texture;
    private readonly (double Red, double Green, double Blue) _color;
    private readonly double _x, _y, _size, _alongX, _alongY, _slopeX, _slopeY, _dome;

    /// <summary>A leaf.</summary>
    /// <param name="random">Where its place, direction and light come from.</param>
    /// <param name="side">Rows and columns of the drawing: (height, width).</param>
    /// <param name="size">How far it reaches from its middle, in pixels, but for corners.</param>
    /// <param name="outline">Its outline.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="texture">Its texture, or none.</param>
    public Leaf(
        LeafRandom random, (int Height, int Width) side, double size, LeafOutline outline, (double, double, double) color,
        LeafTexture? texture)
    {
        (_size, _outline, _color, _texture) = (size, outline, color, texture);
        (_x, _y) = (random.Between(0, side.Width), random.Between(0, side.Height));
        // Much of what people build stands upright.
        (_alongX, _alongY) = random.Chance(0.3) ? (1, 0) : random.Direction();
        if (random.Chance(0.6))
            (_slopeX, _slopeY) = (random.Bell() * 0.1 / size, random.Bell() * 0.1 / size);
        if (random.Chance(0.2))
            _dome = random.Bell() * 0.12;
    }

    /// <summary>Rows and columns in which it lies: half-open intervals within the drawing.</summary>
    public (int Top, int Bottom, int Left, int Right) Bounds((int Height, int Width) side)
    {
        double reach = _size * 1.4143;
        return (
            Math.Clamp((int)(_y - reach), 0, side.Height), Math.Clamp((int)(_y + reach) + 1, 0, side.Height),
            Math.Clamp((int)(_x - reach), 0, side.Width), Math.Clamp((int)(_x + reach) + 1, 0, side.Width));
    }

    /// <summary>Paints a pixel if it is the leaf's.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    /// <param name="pixel">Red, green and blue.</param>
    /// <returns>Whether it is.</returns>
    public bool Paint(int x, int y, Span<float> pixel)
    {
        double awayX = x - _x, awayY = y - _y;
        double along = (awayX * _alongX + awayY * _alongY) / _size, across = (awayY * _alongX - awayX * _alongY) / _size;
        if (!_outline.Holds(along, across))
            return false;
        double light = _slopeX * awayX + _slopeY * awayY + _dome * (1 - along * along - across * across) + (_texture?.At(x, y) ?? 0);
        pixel[0] = (float)(_color.Red + light);
        pixel[1] = (float)(_color.Green + light);
        pixel[2] = (float)(_color.Blue + light);
        return true;
    }
}
