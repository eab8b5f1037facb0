using System.CommandLine;
using Zssr.App.Images;

namespace Zssr.App.Options;

/// <summary><c>--quality</c> and <c>--bits</c>, on every command that writes a picture for the user.</summary>
internal sealed class WritingArguments
{
    private readonly Option<int> _quality = NumberOption.Create(
        "--quality", "The quality of JPEG files; above 90 they keep the full resolution of colours.", 1, 100, WritingOptions.StandardQuality);

    private readonly Option<string?> _bits = ChoiceOption.CreateOptional(
        "--bits", "8 or 16 bits a sample in PNG files; by default as many as the input has.", ["8", "16"]);

    public WritingArguments(Command command)
    {
        command.Add(_quality);
        command.Add(_bits);
    }

    /// <summary>What was asked for.</summary>
    public WritingOptions Of(ParseResult parsed) =>
        new(parsed.GetValue(_quality), parsed.GetValue(_bits) switch { "8" => 8, "16" => 16, _ => null });
}
