using System.CommandLine;
using Zssr.App.Images;

namespace Zssr.App.Options;

/// <summary><c>--max-pixels</c>, on every command that reads images.</summary>
internal static class MaxPixelsOption
{
    /// <summary>Adds the option; its value is the most pixels of an image, width times height.</summary>
    public static Option<long> AddTo(Command command)
    {
        Option<long> option = NumberOption.Create(
            "--max-pixels", "Refuse images of more pixels (width x height) by their headers, before memory is allocated for them.",
            1, PixelLimit.Largest, PixelLimit.Default);
        command.Add(option);
        return option;
    }
}
