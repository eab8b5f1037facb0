using System.CommandLine;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Settings;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr resize</c>: plain enlarging or shrinking, the baseline that super-resolution is compared with.</summary>
internal static class ResizeCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "The image to resize." };
        Option<Scale> scale = ScaleOption.Create(
            "--scale",
            "By how much: 2 doubles, 0.5 halves, 2x3 is vertical x horizontal; rows and columns are rounded up (interpolate: down).",
            1 / ScaleText.Largest,
            "-s");
        Option<(int Height, int Width)?> size = SizeOption.Create("--size", "The new number of rows and columns, instead of a scale.");
        var command = new Command("resize", "Resize an image without training: bicubic as in MATLAB by default.")
        {
            input,
            scale,
            size,
        };
        var output = new OutputArguments(command);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var resizing = new ResizingArguments(command);
        command.Validators.Add(result =>
        {
            if ((result.GetResult(scale) is null) == (result.GetResult(size) is null))
                result.AddError("resize takes either --scale or --size.");
        });
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed, parsed.GetValue(input));
            Picture picture = ImageFile.Read(parsed.GetValue(input)!, parsed.GetValue(maxPixels));
            Scale by = parsed.GetValue(size) is not { } rowsAndColumns
                ? parsed.GetValue(scale)
                : new Scale((double)rowsAndColumns.Height / picture.Height, (double)rowsAndColumns.Width / picture.Width);
            using Device device = Device.Open(DeviceName.Cpu);
            Picture resized = resizing.Of(parsed).Apply(device, picture, by.Vertical, by.Horizontal, parsed.GetValue(size));
            output.Write(parsed, path, resized.WithMetadataOf(picture.Frame));
        });
        return command;
    }
}
