using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
        var size = new Option<(int Width, int Height)>("--size")
        {
            Description = "Width and height in pixels.",
            HelpName = "WIDTHxHEIGHT",
            DefaultValueFactory = _ => (256, 256),
            CustomParser = ParseSize,
        };
        var output = new OutputArguments(command);
        command.Add(size);
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed);
            (int width, int height) = parsed.GetValue(size);
            OutputArguments.Write(path, SampleScene.Render(height, width));
        });
        return command;
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
}
