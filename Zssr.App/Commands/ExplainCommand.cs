using System.CommandLine;
using System.Globalization;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Runs;
using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr explain</c>: one activation and one gradient as the sums that they are.</summary>
internal static class ExplainCommand
{
    /// <summary>The most layers that any settings have.</summary>
    private const int DeepestNetwork = 64;

    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image to train on." };
        Option<int?> layer = NumberOption.CreateOptional(
            "--layer", "Which convolution, counted from 1 at the network's input.", 1, DeepestNetwork);
        layer.Required = true;
        var at = new Option<string>("--at")
        {
            HelpName = "Y,X,C",
            Required = true,
            Description = "Which activation of the layer: row, column and channel, counted from 0.",
        };
        var weight = new Option<string?>("--weight")
        {
            HelpName = "KY,KX,CI,CO",
            Description = "The weight whose gradient is shown: row and column of the kernel, input channel, output channel, from 0; "
                + "by default the one of the largest product.",
        };
        Option<int> iteration = NumberOption.Create("--iteration", "How many iterations to train before this one.", 0, 1_000_000, 0);
        var all = new Option<bool>("--all") { Description = "Show all terms, not only the largest." };
        var command = new Command(
            "explain",
            "Show how one activation of a training iteration is computed: every weight times its input, the sum, bias, ReLU and residual; "
            + "and how the gradient of one weight is computed. Both are compared with what the network itself computed.")
        {
            image, layer, at, weight, iteration, all,
        };
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var settings = new SettingArguments(command);
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            ZssrSettings chosen = settings.Read(parsed, hasKernel: false);
            int number = parsed.GetValue(layer)!.Value;
            if (number > chosen.Network.Depth)
            {
                throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"--layer {number}: the network has {chosen.Network.Depth} layers, 1 to {chosen.Network.Depth}. Choose one of them."));
            }

            ObservedIteration.Require(chosen, parsed.GetValue(iteration), "--iteration");
            int[] place = Places("--at", parsed.GetValue(at)!, "row, column, channel");
            int[]? weightPlace = parsed.GetValue(weight) is { } text
                ? Places("--weight", text, "kernel row, kernel column, input channel, output channel") : null;
            Picture picture = TrainingPicture.Read(parsed.GetValue(image)!, parsed.GetValue(maxPixels));
            using Device open = device.Open(parsed);
            using Tensor input = picture.ToTensor(open);
            var recording = new LayerRecording(number);
            ObservedIteration.Run(chosen, input, parsed.GetValue(iteration), recording, "--iteration");
            Console.Write(Explain(recording.Values, place, weightPlace, parsed.GetValue(all)));
        });
        return command;
    }

    private static string Explain(LayerValues layer, int[] place, int[]? weight, bool all)
    {
        ActivationExplained activation = ActivationExplained.Of(layer, place[0], place[1], place[2]);
        if (weight is null)
        {
            KernelTap largest = activation.Taps.MaxBy(tap => Math.Abs(tap.Product));
            weight = [largest.KernelRow, largest.KernelColumn, largest.Channel, activation.Channel];
        }

        WeightGradientExplained gradient = WeightGradientExplained.Of(layer, weight[0], weight[1], weight[2], weight[3]);
        return ExplanationText.Of(activation, all) + "\n" + ExplanationText.Of(gradient, all);
    }

    /// <summary>Whole numbers from 0 with commas between, as many as there are words for them.</summary>
    private static int[] Places(string option, string text, string words)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] numbers = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        return numbers.Length == words.Split(',').Length && numbers.All(number => number >= 0)
            ? numbers
            : throw new UsageException($"{option} takes whole numbers from 0 separated by commas: {words}; '{text}' is not.");
    }
}
