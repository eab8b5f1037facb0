using Zssr.App.Images;
using Zssr.App.Reports;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.InspectedRuns;

/// <summary>One layer's answer to the crop.</summary>
/// <param name="Channels">How many channels it has.</param>
/// <param name="Values">[side, side, channels].</param>
internal sealed record LayerActivation(int Channels, float[] Values);

/// <summary>What every layer answers to one small crop of what it is given, at each moment of the training.</summary>
/// <param name="Top">The crop's first row.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Side">Its rows and columns.</param>
/// <param name="Input">The crop as the network sees it, values 0…peak.</param>
/// <param name="Moments">For each moment the layers, from the input on.</param>
internal sealed record CropActivations(
    int Top, int Left, int Side, float[] Input, IReadOnlyList<IReadOnlyList<LayerActivation>> Moments)
{
    /// <summary>As many numbers, weights and activations, can be explained: they are all in the page.</summary>
    public const int MostNumbers = 1_000_000;

    /// <summary>Of these the largest that leaves the numbers explainable; else the last.</summary>
    private static readonly int[] Sides = [32, 24, 16];

    /// <summary>Plays the moments back on the most detailed crop.</summary>
    /// <param name="device">Where it is computed.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="given">The image as the network is given it, whose detail decides.</param>
    /// <param name="values">The same, not cut to 0…peak.</param>
    /// <param name="moments">The network's parameters.</param>
    public static CropActivations Of(
        Device device, ZssrSettings settings, Picture given, float[] values, IReadOnlyList<Moment> moments)
    {
        int side = Math.Min(SideFor(moments[^1]), Math.Min(given.Height, given.Width));
        (int top, int left) = DetailCrop.Find(given, side, side);
        int row = side * given.Channels;
        float[] input = new float[side * row];
        for (int y = 0; y < side; y++)
            values.AsSpan((((top + y) * given.Width) + left) * given.Channels, row).CopyTo(input.AsSpan(y * row));
        using var network = new ZssrNetwork(
            device, settings.Network, given.Channels, settings.Seed, enlargement: settings.NetworkEnlargement,
            placement: settings.KernelPlacement);
        return new CropActivations(top, left, side, input, [.. moments.Select(moment => Play(network, moment, input, side))]);
    }

    private static int SideFor(Moment moment)
    {
        long weights = moment.Parameters.Sum(parameter => (long)parameter.Values.Length);
        long channels = moment.Parameters.Where(parameter => parameter.Shape.Rank == 4).Sum(weight => (long)weight.Shape[3]);
        return Sides.FirstOrDefault(side => weights + (side * side * channels) <= MostNumbers, Sides[^1]);
    }

    private static List<LayerActivation> Play(ZssrNetwork network, Moment moment, float[] input, int side)
    {
        Device device = network.Parameters[0].Value.Device;
        foreach ((NamedParameter target, ParameterValues source) in network.Parameters.Zip(moment.Parameters))
        {
            using Tensor values = Tensor.From(device, source.Shape, source.Values);
            target.Value.Assign(values);
        }

        var layers = new List<LayerActivation>();
        Tensor x = Tensor.From(device, [1, side, side, network.Channels], input);
        foreach (Conv2dBlockLayer block in network.Blocks)
        {
            using Tensor before = x;
            x = block.Infer(before);
            layers.Add(new LayerActivation(x.Shape[3], x.ToArray()));
        }

        x.Dispose();
        return layers;
    }
}
