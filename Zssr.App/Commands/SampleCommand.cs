using System.CommandLine;
using Zssr.App.Options;
using Zssr.App.Samples;

namespace Zssr.App.Commands;

/// <summary><c>zssr sample</c>: a picture to try the program on, drawn by the program itself.</summary>
internal static class SampleCommand
{
    private const int SmallestSide = 16, LargestSide = 4096;

    public static Command Create()
    {
        var command = new Command("sample", "Draw a picture to try the program on: a house with text, thin lines, bricks and tiles.");
        Option<(int Height, int Width)?> size = SizeOption.Create(
            "--size", "Rows and columns, 256x256 by default.", SmallestSide, LargestSide);
        var output = new OutputArguments(command);
        command.Add(size);
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed);
            (int height, int width) = parsed.GetValue(size) ?? (256, 256);
            output.Write(parsed, path, SampleScene.Render(height, width));
        });
        return command;
    }
}
