using System.CommandLine;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Samples;
using Zssr.Nn;

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
        var leaves = new Option<bool>("--leaves")
        {
            Description = "Draw one of the pictures that `zssr learn` learns from: shapes of all sizes that hide one another.",
        };
        var seed = new Option<string?>("--seed") { HelpName = "NUMBER", Description = "With --leaves: which series of pictures [1]." };
        Option<int> number = NumberOption.Create("--number", "With --leaves: which picture of the series.", 0, int.MaxValue, 0);
        var output = new OutputArguments(command);
        command.Add(size);
        command.Add(leaves);
        command.Add(seed);
        command.Add(number);
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed);
            (int height, int width) = parsed.GetValue(size) ?? (256, 256);
            ulong series = NumberList.Parse("--seed", parsed.GetValue(seed) ?? "1", 0UL, ulong.MaxValue)[0];
            output.Write(parsed, path, parsed.GetValue(leaves)
                ? new Picture(height, width, 3, LeafPicture.Draw(height, width, series, parsed.GetValue(number)))
                : SampleScene.Render(height, width));
        });
        return command;
    }
}
