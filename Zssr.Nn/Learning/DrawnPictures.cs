using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The drawings that fathers are cropped from: a few of an endless series, of which the oldest is replaced by the next one now and then.
/// They are drawn by other threads, ahead of time; which they are depends on the seed alone.
/// </summary>
internal sealed class DrawnPictures(Device device, ulong seed, int side, int count, double peak) : IDisposable
{
    private readonly Dictionary<int, Task<float[]>> _drawing = [];
    private readonly Dictionary<int, Tensor> _pictures = [];

    /// <summary>Has drawings <paramref name="first"/> to first + count − 1 at hand, and the next one begun.</summary>
    public void MoveTo(int first)
    {
        foreach (int old in _pictures.Keys.Where(number => number < first || number >= first + count).ToArray())
        {
            _pictures[old].Dispose();
            _pictures.Remove(old);
        }

        foreach (int old in _drawing.Keys.Where(number => number < first || number > first + count).ToArray())
            _drawing.Remove(old);
        for (int number = first; number <= first + count; number++)
        {
            int drawn = number;
            if (!_pictures.ContainsKey(number) && !_drawing.ContainsKey(number))
                _drawing.Add(number, Task.Run(() => LeafPicture.Draw(side, side, seed, drawn)));
        }
    }

    /// <summary>A drawing of those at hand, [1, side, side, 3], values 0…peak. Waits for it.</summary>
    public Tensor Picture(int number)
    {
        if (_pictures.TryGetValue(number, out Tensor? picture))
            return picture;
        float[] drawn = _drawing[number].GetAwaiter().GetResult();
        _drawing.Remove(number);
        if (peak != 1)
            drawn = Array.ConvertAll(drawn, value => (float)(value * peak));
        picture = Tensor.From(device, [1, side, side, 3], drawn);
        _pictures.Add(number, picture);
        return picture;
    }

    public void Dispose()
    {
        foreach (Tensor picture in _pictures.Values)
            picture.Dispose();
        _pictures.Clear();
    }
}
