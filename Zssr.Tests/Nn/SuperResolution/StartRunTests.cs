using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Nn.Starts;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>Runs that begin from a start.</summary>
public sealed class StartRunTests
{
    private static readonly Lazy<NetworkStart> Start = new(() => NetworkStart.Read("small", SmallStarts.Learn(SmallStarts.Recipe)));

    private static ZssrSettings From(ZssrSettings settings) => settings with { Start = Start.Value };

    [Test]
    public void Without_iterations_the_result_is_the_starts()
    {
        ZssrSettings settings = From(SmallRuns.Small(ZssrPresets.Paper, iterations: 0));
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult result = new SuperResolver(settings).Run(image);

        using var network = new ZssrNetwork(SmallRuns.Cpu, settings.Network, channels: 3, seed: 99);
        FirstWeights.Load(network, Start.Value, new Scale(2), peak: 1);
        using Tensor expected = new Enlarger(network, new ImResizeRescaling(), settings.Inference, peak: 1)
            .Enlarge(image, new Scale(2), 20, 26, settings.Inference.BackProjections);

        Assert.That(result.Output.ToArray(), Is.EqualTo(expected.ToArray()));
        using SuperResolutionResult random = new SuperResolver(settings with { Start = null }).Run(image);
        Assert.That(random.Output.ToArray(), Is.Not.EqualTo(expected.ToArray()));
    }

    [Test]
    public void Training_begins_with_its_weights()
    {
        using Tensor image = PlainImages.Drawing(10, 13, channels: 1).On(SmallRuns.Cpu);
        float[]? first = null;
        var hooks = new RunHooks
        {
            Observer = (stage, iteration) => (stage, iteration) == (0, 0) ? new FirstState(p => first ??= p) : null,
        };
        using SuperResolutionResult result = new SuperResolver(From(SmallRuns.Paper)).Run(image, hooks);
        Assert.That(first, Is.EqualTo(Layout.FromOihw(
            SmallRuns.Cpu, Start.Value.Weights[0].Parameter("layers.0.weight", 1)!.Value.Shape,
            Start.Value.Weights[0].Parameter("layers.0.weight", 1)!.Value.Elements).Taken()));
    }

    /// <summary>A preset's start gives way; one that was asked for must fit.</summary>
    [Test]
    public void Where_no_weights_fit_an_optional_start_is_as_none_and_another_an_error()
    {
        ZssrSettings wider = SmallRuns.Small(ZssrPresets.Paper, iterations: 2);
        wider = From(wider with { Network = wider.Network with { Width = wider.Network.Width + 1 } });
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using Tensor optional = new SuperResolver(wider with { Start = Start.Value with { IsOptional = true } }).Upscale(image);
        using Tensor none = new SuperResolver(wider with { Start = null }).Upscale(image);

        Assert.That(optional.ToArray(), Is.EqualTo(none.ToArray()));
        Assert.That(() => new SuperResolver(wider).Upscale(image), Throws.TypeOf<StartException>().With.Message.Contains("no weights for"));
    }

    /// <summary>Passes go on with the network; a stage of another scale starts again if the start was learned for it.</summary>
    [TestCase(2, 2, false)]
    [TestCase(3, 2, true)]
    [TestCase(2, 3, false)]
    public void A_later_stage_begins_anew_only_for_another_scale_of_the_start(double first, double then, bool isAnew)
    {
        ZssrSettings small = SmallRuns.Small(ZssrPresets.Paper, iterations: 3);
        ZssrSettings settings = From(small) with { Scales = [new Scale(first), new Scale(then)] };
        using Tensor image = PlainImages.Drawing(12, 12).On(SmallRuns.Cpu);
        float[]? second = null;
        var hooks = new RunHooks
        {
            Observer = (stage, iteration) => (stage, iteration) == (1, 0) ? new FirstState(p => second ??= p) : null,
        };
        using SuperResolutionResult result = new SuperResolver(settings).Run(image, hooks);

        (Shape shape, float[] elements) = Start.Value.Weights[0].Parameter("layers.0.weight", 3)!.Value;
        float[] learned = Layout.FromOihw(SmallRuns.Cpu, shape, elements).Taken();
        Assert.That(second, isAnew ? Is.EqualTo(learned) : Is.Not.EqualTo(learned));
    }

    /// <summary>A sub-pixel network enlarges by the same number in all stages, so that none of them is of another scale.</summary>
    [Test]
    public void A_later_stage_of_a_sub_pixel_network_goes_on_with_it()
    {
        ZssrSettings small = SmallRuns.Small(ZssrPresets.Paper, iterations: 3);
        StartRecipe recipe = SmallStarts.Recipe with
        {
            Settings = SmallStarts.Recipe.Settings with
            {
                Network = small.Network with { Form = NetworkForm.SubPixel },
                Scales = [new Scale(3)],
            },
        };
        ZssrSettings settings = small with
        {
            Network = recipe.Settings.Network,
            Scales = [new Scale(2), new Scale(3)],
            LargestJump = 3,
            Start = NetworkStart.Read("x3", SmallStarts.Learn(recipe)),
        };
        using Tensor image = PlainImages.Drawing(12, 12).On(SmallRuns.Cpu);
        var begun = new float[2][];
        var hooks = new RunHooks { Observer = (stage, _) => new FirstState(p => begun[stage] ??= p) };
        using SuperResolutionResult result = new SuperResolver(settings).Run(image, hooks);

        (Shape shape, float[] elements) = settings.Start.Weights[0].Parameter("layers.0.weight", 3)!.Value;
        float[] learned = Layout.FromOihw(SmallRuns.Cpu, shape, elements).Taken();
        Assert.That(begun[0], Is.EqualTo(learned));
        Assert.That(begun[1], Is.Not.EqualTo(learned));

        ZssrSettings wider = settings with { Network = settings.Network with { Width = 7 } };
        Assert.That(
            () => new SuperResolver(wider).Upscale(image),
            Throws.TypeOf<StartException>().With.Message.Contains("3 channels, x3, white"), "asked for is what the network does");
    }

    [TestCase(11)]
    [TestCase(20)]
    public void A_resumed_run_gives_the_bits_of_an_uninterrupted_one(int cancelAtPair)
    {
        var resolver = new SuperResolver(From(SmallRuns.Passes));
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair);
        using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));
        Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));

        ZssrSettings other = SmallRuns.Passes with { Start = new NetworkStart("small", "0") { Weights = Start.Value.Weights } };
        Assert.That(
            () => new SuperResolver(other).Run(image, hooks: null, SmallRuns.Read(checkpoint)),
            Throws.TypeOf<CheckpointException>().With.Message.Contains("other settings"));
    }

    [Test]
    public void Settings_keep_name_and_hash_and_say_nothing_without_a_start()
    {
        string json = From(SmallRuns.Paper).ToJson();
        ZssrSettings read = ZssrSettings.FromJson(json);
        Assert.That(read.Start, Is.EqualTo(Start.Value));
        Assert.That(read.Start!.Weights, Is.Empty);
        Assert.That(read.ToJson(), Is.EqualTo(json));
        Assert.That(SmallRuns.Paper.ToJson(), Does.Not.Contain("start\""));
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        Assert.That(
            () => new SuperResolver(read).Upscale(image), Throws.TypeOf<StartException>().With.Message.Contains("read the file again"));
    }

    private sealed class FirstState(Action<float[]> seen) : IStepObserver
    {
        public void Begun(int iteration, IReadOnlyList<NamedParameter> known) =>
            seen(known.Single(value => value.Name == "layers.0.weight").Value.ToArray());

        public void Applied(Function function, TimeSpan time)
        {
        }

        public void WentBackward(
            Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time)
        {
        }

        public void Learning(IReadOnlyList<NamedParameter> gradients, double learningRate)
        {
        }

        public void Ended(IReadOnlyList<NamedParameter> parameters)
        {
        }
    }
}

file static class TakenTensor
{
    /// <summary>The elements of a tensor that is not needed further.</summary>
    public static float[] Taken(this Tensor tensor)
    {
        using (tensor)
            return tensor.ToArray();
    }
}
