namespace Zssr.Lessons;

/// <summary>A number that counts how often numbers of its kind have been multiplied.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Counted(double Value)
{
    [ThreadStatic]
    private static int _multiplications;

    /// <summary>Multiplications on this thread so far.</summary>
    public static int Multiplications => _multiplications;

    public static Counted operator +(Counted x, Counted y) => new(x.Value + y.Value);

    public static Counted operator -(Counted x, Counted y) => new(x.Value - y.Value);

    public static Counted operator *(Counted x, Counted y)
    {
        _multiplications++;
        return new Counted(x.Value * y.Value);
    }

    /// <summary>A half, which costs a multiplication, too.</summary>
    public static Counted Half(Counted x)
    {
        _multiplications++;
        return new Counted(x.Value / 2);
    }
}
