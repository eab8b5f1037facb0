using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>
/// Where the pixels of a small image lie on the grid of the large one that it was made from by a blur kernel: pixel (i, j) at row
/// s·i + <see cref="Row"/> and column s·j + <see cref="Column"/> of the large image, counted from 0, for the scale s.
/// </summary>
/// <remarks>
/// A kernel does not say it, and published sets differ. Programs that resize put a pixel into the middle of the s × s pixels that it stands
/// for (<see cref="Centred"/>). Others blur and keep the first pixel of each block (<see cref="First"/>): then the large image lies
/// (s − 1)/2 pixels further up and left than with the same picture and the other choice.
/// </remarks>
[JsonConverter(typeof(Converter))]
public sealed record KernelPlacement
{
    /// <summary>The farthest that a pixel may be placed from its block's first one, in pixels of the large image.</summary>
    public const double Farthest = 16;

    private const string CentredName = "centred", FirstName = "first";

    private KernelPlacement(bool isCentred, double row, double column) => (IsCentred, Row, Column) = (isCentred, row, column);

    /// <summary>
    /// In the middle of its block, (s − 1)/2 on each axis, for any scale. It is the kernel's centre of mass that lies there: estimated
    /// kernels are not well centred in their table.
    /// </summary>
    public static KernelPlacement Centred { get; } = new(isCentred: true, double.NaN, double.NaN);

    /// <summary>On its block's first pixel: (0, 0). The kernel is taken as it is, its middle weight (row ⌊h/2⌋, column ⌊w/2⌋) there.</summary>
    public static KernelPlacement First { get; } = new(isCentred: false, 0, 0);

    /// <summary>Whether it is <see cref="Centred"/>; if not, row and column are numbers.</summary>
    public bool IsCentred { get; }

    /// <summary>Rows from the block's first pixel to where the kernel's middle weight lies; NaN if centred.</summary>
    public double Row { get; }

    /// <summary>Columns likewise.</summary>
    public double Column { get; }

    /// <summary>Anywhere: the kernel's middle weight so many rows and columns after the block's first pixel.</summary>
    /// <exception cref="SettingsException">A number is beyond ±<see cref="Farthest"/>.</exception>
    public static KernelPlacement At(double row, double column)
    {
        SettingsCheck.Range("kernel placement", row, -Farthest, Farthest);
        SettingsCheck.Range("kernel placement", column, -Farthest, Farthest);
        return new KernelPlacement(isCentred: false, row, column);
    }

    /// <summary>How far below and to the right of the middle of their blocks small pixels lie, in pixels of the large image.</summary>
    public (double Down, double Right) Displacement(Scale scale) =>
        IsCentred ? (0, 0) : (Row - (scale.Vertical - 1) / 2, Column - (scale.Horizontal - 1) / 2);

    /// <summary>Small pixels by which it moves what interpolation reads, rounded up.</summary>
    public int Reach(Scale scale)
    {
        (double down, double right) = Displacement(scale);
        return (int)Math.Ceiling(Math.Max(Math.Abs(down) / scale.Vertical, Math.Abs(right) / scale.Horizontal));
    }

    /// <summary>Reads <c>centred</c>, <c>first</c>, or a row and a column such as <c>0.5,0.5</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    /// <exception cref="SettingsException">A number is beyond ±<see cref="Farthest"/>.</exception>
    public static KernelPlacement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals(CentredName, StringComparison.OrdinalIgnoreCase))
            return Centred;
        if (text.Equals(FirstName, StringComparison.OrdinalIgnoreCase))
            return First;
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryNumber(parts[0], out double row) && TryNumber(parts[1], out double column)
            ? At(row, column)
            : throw new FormatException($"{CentredName}, {FirstName}, or a row and a column such as 0.5,0.5 is needed.");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsCentred ? CentredName
        : this == First ? FirstName : string.Create(CultureInfo.InvariantCulture, $"{Row:R},{Column:R}");

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>In JSON it is its text.</summary>
    private sealed class Converter : JsonConverter<KernelPlacement>
    {
        public override KernelPlacement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException();
            }
            catch (FormatException failure)
            {
                throw new JsonException($"kernel placement: {failure.Message}", failure);
            }
        }

        public override void Write(Utf8JsonWriter writer, KernelPlacement value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
