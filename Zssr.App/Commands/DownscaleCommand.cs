using System.CommandLine;
using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr downscale</c>: makes the small image of a pair, to measure super-resolution on.</summary>
internal static class DownscaleCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("input") { Description = "The image to shrink." };
        Option<Scale> scale = ScaleArgument.Option(
            "--scale",
            "By how much: 2 halves; 1.5; 2x3 is vertical x horizontal. Rows and columns are rounded up (interpolate: down).",
            ScaleArgument.Smallest,
            "-s");
        scale.Required = true;
        Option<double> noise = NumberOption.Create(
            "--noise-std", "Add Gaussian noise of this standard deviation, 1 being white (5 of 255 is 0.0196).", 0.0, 1.0, 0);
        Option<ulong> seed = NumberOption.Create("--seed", "Which noise.", 0UL, ulong.MaxValue, 1UL);
        var command = new Command(
            "downscale",
            "Shrink an image, bicubic and antialiased as in MATLAB unless told otherwise. The published small images of Set5 are, "
            + "bit for bit, downscale HR -o LR -s SCALE --border replicate --round-passes.")
        {
            input,
            scale,
            noise,
            seed,
        };
        var output = new OutputArguments(command);
        var resizing = new ResizingArguments(command);
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed);
            Picture picture = ImageFile.Read(parsed.GetValue(input)!);
            Scale by = parsed.GetValue(scale);
            using Device device = Device.Open(DeviceName.Cpu);
            Picture small = resizing.Of(parsed).Apply(device, picture, 1 / by.Vertical, 1 / by.Horizontal);
            OutputArguments.Write(path, WithNoise(device, small, parsed.GetValue(noise), parsed.GetValue(seed)));
        });
        return command;
    }

    private static Picture WithNoise(Device device, Picture picture, double deviation, ulong seed)
    {
        if (deviation == 0)
            return picture;
        using Tensor image = picture.ToTensor(device);
        using Tensor noise = RandomTensors.Normal(device, image.Shape, seed, standardDeviation: deviation);
        using Tensor sum = Elementwise.Add(image, noise);
        return Picture.FromTensor(sum, picture.Alpha);
    }
}
