using System.Globalization;
using System.Text.RegularExpressions;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

/// <summary>
/// What an affine map of the paper's recipe does to the picture. The image holds each pixel's own row and column, which bicubic
/// interpolation gives back exactly; so a father's pixels say where they came from, whatever the code believes.
/// </summary>
public sealed partial class PaperMapTests(TestDevice kind) : DeviceTest(kind)
{
    private const int Height = 72, Width = 88, Draws = 24;

    // How far the pixels reach that the map is read from; the largest draws still find them well inside of the image.
    private const int Reach = 4;

    // The description has scales and shears with two decimals and whole degrees: 0.005 and 0.009 wrong, and products of them.
    private const double Tolerance = 0.03;

    private static readonly PairSettings Mapped =
        new() { PlainShare = 0, TurnedShare = 0, SmallestScale = 0.8, ScaleDifference = 0.3, Shear = 0.2 };

    [Test]
    public void A_picture_is_scaled_and_mirrored_then_turned_then_sheared()
    {
        using Tensor image = PlainImages.Of(Height, Width, 2, (i, j, c) => c == 0 ? i / (double)Width : j / (double)Width).On(Device);
        using var pairs = new PaperPairs(
            [new FatherSource(image, Scale.One)], new ImResizeRescaling(), new Scale(2), Mapped, seed: 3, stage: 0, peak: 1);
        for (int iteration = 0; iteration < Draws; iteration++)
        {
            using TrainingPair pair = pairs.Draw(iteration);
            Image father = pair.Father.Plain();
            Drawn drawn = Drawn.Of(pair.Origin.Transform);
            (double Row, double Column) down = Step(father, rows: 1, columns: 0), right = Step(father, rows: 0, columns: 1);

            // A step in the father is a step in the source, mapped.
            Assert.That(drawn.Map(down.Row, down.Column), Is.EqualTo(new[] { 1.0, 0 }).Within(Tolerance), pair.Origin.Transform);
            Assert.That(drawn.Map(right.Row, right.Column), Is.EqualTo(new[] { 0, 1.0 }).Within(Tolerance), pair.Origin.Transform);
        }
    }

    /// <summary>By how many rows and columns of the source one goes on with a step in the father, on both sides of its middle.</summary>
    private static (double Row, double Column) Step(Image father, int rows, int columns)
    {
        (int row, int column) = (father.Height / 2, father.Width / 2);
        double[] there = At(Reach), middle = At(0), back = At(-Reach);
        for (int c = 0; c < 2; c++)
            Assert.That(there[c] - middle[c], Is.EqualTo(middle[c] - back[c]).Within(1e-3), "read beyond the image's border");
        return ((there[0] - back[0]) / (2 * Reach), (there[1] - back[1]) / (2 * Reach));

        double[] At(int steps) =>
            [.. Enumerable.Range(0, 2).Select(c => father[row + steps * rows, column + steps * columns, c] * Width)];
    }

    /// <summary>The numbers of a map, as the pair's description has them.</summary>
    private sealed record Drawn(double RowScale, double ColumnScale, bool IsMirrored, double Angle, double ShearRows, double ShearColumns)
    {
        public static Drawn Of(string transform)
        {
            GroupCollection groups = Description().Match(transform).Groups;
            return new(Number(1), Number(2), groups[3].Success, Number(4) * Math.PI / 180, Number(5), Number(6));

            double Number(int group) => double.Parse(groups[group].Value, CultureInfo.InvariantCulture);
        }

        /// <summary>Where the picture's point (row, column) goes, all counted from the middle.</summary>
        public double[] Map(double row, double column)
        {
            // Scaled; columns, that is left and right, are what is mirrored.
            (row, column) = (row * RowScale, column * ColumnScale * (IsMirrored ? -1 : 1));
            // Turned counter-clockwise as one sees it, with rows downwards: what lies to the right goes up.
            (double sin, double cos) = Math.SinCos(Angle);
            (row, column) = (row * cos - column * sin, row * sin + column * cos);
            // Sheared: rows move with the column, and columns with the row.
            return [row + ShearRows * column, column + ShearColumns * row];
        }
    }

    [GeneratedRegex(@"^scaled ([\d.]+)x([\d.]+)( mirrored)?, (\d+)°, shear (-?[\d.]+) (-?[\d.]+)$")]
    private static partial Regex Description();
}
