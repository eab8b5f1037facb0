using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>A picture of one gray, and kernels: with weight at their borders, of odd and even sizes, off their centre, by a formula.</summary>
internal static class FlatInputs
{
    public const int Height = 32, Width = 40, Level = 200;

    public static readonly string[] Kernels = ["delta.txt", "box3.txt", "box4.txt", "corner.txt", "gaussian:0.3", "gaussian:2"];

    /// <summary>Writes flat.png and the files of the kernels.</summary>
    public static void Make(string folder)
    {
        string At(string name) => Path.Combine(folder, name);
        ImageFile.Write(At("flat.png"), new Picture(Height, Width, 1, [.. Enumerable.Repeat(Level / 255f, Height * Width)]));
        File.WriteAllText(At("delta.txt"), "1\n");
        File.WriteAllText(At("box3.txt"), "1 1 1\n1 1 1\n1 1 1\n");
        File.WriteAllText(At("box4.txt"), "1 1 1 1\n1 1 1 1\n1 1 1 1\n1 1 1 1\n");
        File.WriteAllText(At("corner.txt"), "1 0 0\n0 0 0\n0 0 0.5\n");
    }

    /// <summary>The values of a picture, 0…255, with fractions if there were any.</summary>
    public static double[] Levels(string path) => Array.ConvertAll(ImageFile.Read(path).Color, value => Math.Round(value * 255.0, 3));
}
