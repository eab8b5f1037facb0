using System.CommandLine;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Settings;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr downscale</c>: makes the small image of a pair, to measure super-resolution on.</summary>
internal static class DownscaleCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "The image to shrink." };
        Option<Scale> scale = ScaleOption.Create(
            "--scale",
            "By how much: 2 halves; 1.5; 2x3 is vertical x horizontal. Rows and columns are rounded up (interpolate: down).",
            ScaleText.Smallest,
            "-s");
        scale.Required = true;
        var kernel = new Option<string?>("--kernel")
        {
            Description = "Blur with this kernel instead of antialiasing: a .mat file, an image, a text with rows of numbers, or "
                + "gaussian:SIGMA. The kernel is shifted so that the small image lies exactly on the large one.",
            HelpName = "FILE",
        };
        Option<double> noise = NumberOption.Create(
            "--noise-std", "Add Gaussian noise of this standard deviation, 1 being white (5 of 255 is 0.0196).", 0.0, 1.0, 0);
        Option<ulong> seed = NumberOption.Create("--seed", "The seed of the noise.", 0UL, ulong.MaxValue, 1UL);
        var command = new Command(
            "downscale",
            "Shrink an image, bicubic and antialiased as in MATLAB unless told otherwise. The published small images of Set5 are, "
            + "bit for bit, downscale HR -o LR -s SCALE --border replicate --round-passes.")
        {
            input,
            scale,
            kernel,
            noise,
            seed,
        };
        var output = new OutputArguments(command);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var resizing = new ResizingArguments(command);
        command.SetAction(parsed =>
        {
            string path = output.Path(parsed, parsed.GetValue(input), parsed.GetValue(kernel));
            Picture picture = ImageFile.Read(parsed.GetValue(input)!, parsed.GetValue(maxPixels));
            Scale by = parsed.GetValue(scale);
            BlurKernel? blur = parsed.GetValue(kernel) is { } name ? KernelFile.Read(name, parsed.GetValue(maxPixels)) : null;
            using Device device = Device.Open(DeviceName.Cpu);
            Picture small = blur is not null
                ? Blurred(device, picture, by, blur) : resizing.Of(parsed).Apply(device, picture, 1 / by.Vertical, 1 / by.Horizontal);
            Picture noisy = WithNoise(device, small, parsed.GetValue(noise), parsed.GetValue(seed));
            output.Write(parsed, path, noisy.WithMetadataOf(picture.Frame));
        });
        return command;
    }

    /// <summary>Shrunk as training with a given kernel shrinks; transparency likewise.</summary>
    private static Picture Blurred(Device device, Picture picture, Scale by, BlurKernel kernel)
    {
        var rescaling = new KernelRescaling(kernel, new ImResizeRescaling());
        (int height, int width) = rescaling.SonSize(picture.Height, picture.Width, by);
        float[] Shrink(float[] values, int channels)
        {
            // Sums of whole numbers are exact in float32 for kernels such as 1/4 1/2 1/4; a half is then a half, and rounded up.
            float[] whole = Array.ConvertAll(values, value => (float)EightBits.ToWhole(value));
            using Tensor image = Tensor.From(device, [1, picture.Height, picture.Width, channels], whole);
            using Tensor small = rescaling.Shrink(image, by, height, width);
            return Array.ConvertAll(small.ToDoubles(), EightBits.FromWhole);
        }

        float[]? alpha = picture.Alpha is null ? null : Shrink(picture.Alpha, 1);
        return new Picture(height, width, picture.Channels, Shrink(picture.Color, picture.Channels), alpha);
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
