using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using StbImageWriteSharp;
using Zssr.App.Images;
using Zssr.App.Samples;

namespace Zssr.App.Commands;

/// <summary><c>zssr sample</c>: a picture to try the program on, drawn by the program itself.</summary>
internal static class SampleCommand
{
    private const int SmallestSide = 16, LargestSide = 4096;

    private static readonly string SizeError =
        $"--size takes a width and a height from {SmallestSide} to {LargestSide}, such as 256x256.";

    public static Command Create()
    {
        var command = new Command("sample", "Draw a picture to try the program on: a house with text, thin lines, bricks and tiles.");
        var output = new Option<string>("--output", "-o") { Description = "The PNG file to write.", Required = true };
        var size = new Option<(int Width, int Height)>("--size")
        {
            Description = "Width and height in pixels.",
            HelpName = "WIDTHxHEIGHT",
            DefaultValueFactory = _ => (256, 256),
            CustomParser = ParseSize,
        };
        command.Add(output);
        command.Add(size);
        command.SetAction(parsed => Run(parsed.GetValue(output)!, parsed.GetValue(size)));
        return command;
    }

    private static int Run(string path, (int Width, int Height) size)
    {
        try
        {
            Write(path, SampleScene.Render(size.Height, size.Width));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"zssr: cannot write {path}: {failure.Message}");
            return CommandLine.Failure;
        }

        Console.WriteLine($"{path}: {size.Width} × {size.Height} pixels");
        return CommandLine.Success;
    }

    private static (int Width, int Height) ParseSize(ArgumentResult result)
    {
        string[] sides = result.Tokens[0].Value.Split('x');
        if (sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height)
            return (width, height);
        result.AddError(SizeError);
        return default;
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= SmallestSide and <= LargestSide
            ? side
            : null;

    private static void Write(string path, Picture picture)
    {
        byte[] bytes = Array.ConvertAll(picture.Color, value => (byte)MathF.Round(value * 255));
        using FileStream file = File.Create(path);
        new ImageWriter().WritePng(bytes, picture.Width, picture.Height, ColorComponents.RedGreenBlue, file);
    }
}
