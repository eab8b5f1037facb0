using Microsoft.ML.OnnxRuntime;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tests.Devices;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr export</c> as a user meets it.</summary>
[TestFixture]
public sealed class ExportCommandTests : FolderFixture
{
    [Test]
    public void A_runs_network_is_exported_with_what_the_run_knows()
    {
        string image = At("small.png"), run = At("run"), net = At("net.onnx");
        ImageFile.Write(image, new Picture(9, 8, 1, [.. Enumerable.Range(0, 72).Select(i => i / 72f)]));
        CommandRun upscale = CommandRun.Of(
            "upscale", image, "-o", At("large.png"), "--run-dir", run, "-p", "article", "--width", "4", "--depth", "2",
            "--iterations", "3", "--device", "cpu", "--back-projection", "0", "--ensemble", "1");
        Assert.That(upscale.Exit, Is.EqualTo(ExitCodes.Success), upscale.Error);

        CommandRun export = CommandRun.Of("export", run, "-o", net);

        Assert.That((export.Exit, export.Error), Is.EqualTo((ExitCodes.Success, "")));
        Assert.That(export.Output, Is.EqualTo(
            $"Wrote {net}: BlockResiduals, 2 layers, width 4, 1 channel, values 0 to 255; training 1 of 1, 3 of at most 3 iterations."
            + Environment.NewLine));
        using var session = new InferenceSession(net);
        Assert.That(
            session.ModelMetadata.CustomMetadataMap,
            Is.SupersetOf(new Dictionary<string, string> { ["peak"] = "255", ["scale"] = "2", ["rescaling"] = "Interpolate" }));

        string checkpoint = Path.Combine(run, "checkpoint.safetensors"), again = At("again.onnx");
        Assert.That(CommandRun.Of("export", checkpoint, "-o", again).Exit, Is.EqualTo(ExitCodes.Success));
        Assert.That(File.ReadAllBytes(again), Is.EqualTo(File.ReadAllBytes(net)), "the folder is short for its checkpoint");
        Assert.That(CommandRun.Of("export", run, "-o", again, "--force", "--peak", "1").Error, Does.Contain("trained with 255"));
    }

    [Test]
    public void Parameters_alone_need_the_value_of_white()
    {
        string parameters = MakeParameters(), net = At("net.onnx");

        CommandRun without = CommandRun.Of("export", parameters, "-o", net);
        Assert.That(without.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(without.Error, Does.Contain("--peak 1").And.Contain(parameters));
        Assert.That(File.Exists(net), Is.False);

        CommandRun with = CommandRun.Of("export", parameters, "-o", net, "--peak", "1");
        Assert.That(with.Output, Is.EqualTo($"Wrote {net}: GlobalResidual, 3 layers, width 5, 3 channels, values 0 to 1.{Environment.NewLine}"));
        using var session = new InferenceSession(net);
        Assert.That(session.ModelMetadata.CustomMetadataMap["peak"], Is.EqualTo("1"));
    }

    [Test]
    public void Nothing_is_replaced_unasked_and_never_the_network_itself()
    {
        string parameters = MakeParameters(), taken = At("taken.onnx");
        File.WriteAllText(taken, "mine");
        byte[] before = File.ReadAllBytes(parameters);

        Assert.That(CommandRun.Of("export", parameters, "-o", taken, "--peak", "1").Error, Does.Contain("exists already"));
        Assert.That(CommandRun.Of("export", parameters, "-o", parameters, "--peak", "1", "--force").Error, Does.Contain("overwrite"));
        Assert.That(File.ReadAllText(taken), Is.EqualTo("mine"));
        Assert.That(File.ReadAllBytes(parameters), Is.EqualTo(before));
        Assert.That(CommandRun.Of("export", parameters, "-o", taken, "--peak", "1", "--force").Exit, Is.EqualTo(ExitCodes.Success));
    }

    [Test]
    public void A_model_that_is_not_there_or_none_is_told()
    {
        string text = At("text.safetensors"), net = At("net.onnx");
        File.WriteAllText(text, "no tensors");

        Assert.That(Error(At("missing")), Does.Contain("there is no file or folder"));
        Assert.That(Error(At("")), Does.Contain("no checkpoint.safetensors in").And.Contain("--run-dir"));
        Assert.That(Error(text), Does.Contain("cannot read a network from").And.Contain("safetensors:"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "text.safetensors" }));

        string Error(string model)
        {
            CommandRun run = CommandRun.Of("export", model, "-o", net);
            Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure));
            return run.Error;
        }
    }

    private string MakeParameters()
    {
        using var network = new ZssrNetwork(
            OpenDevices.Get(TestDevice.Cpu), new NetworkSettings { Width = 5, Depth = 3 }, channels: 3, seed: 1);
        var file = new SafetensorsFile();
        ParameterStore.Add(file, network.Parameters);
        string path = At("weights.safetensors");
        using FileStream stream = File.Create(path);
        file.Write(stream);
        return path;
    }
}
