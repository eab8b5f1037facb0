using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Gives a network the weights of a start in place of its random ones.</summary>
public static class FirstWeights
{
    /// <summary>Whether the settings' start has weights for their network; also where there is no start.</summary>
    /// <param name="settings">Form, size and scale of the network, the value of white, and the start.</param>
    /// <param name="channels">Channels of the images.</param>
    public static bool Fit(ZssrSettings settings, int channels)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Start is null || settings.Start.Weights.Any(
            weights => Fits(weights, settings.Network, settings.NetworkEnlargement, channels, settings.Peak));
    }

    /// <summary>
    /// Takes the weights of the nearest scale that fit the network: its form, by how much it enlarges itself (2 x 3 and 3 x 2 have the same
    /// shapes), and all of its parameters in their shapes; for a network of gray images also weights for colour
    /// (<see cref="StartWeights.Parameter"/>).
    /// </summary>
    /// <param name="network">Whose parameters are changed.</param>
    /// <param name="start">Where they come from.</param>
    /// <param name="scale">By how much the network enlarges.</param>
    /// <param name="peak">The value of white.</param>
    /// <exception cref="StartException">The start has no weights that fit, and is not optional. Nothing has been changed.</exception>
    internal static void Load(ZssrNetwork network, NetworkStart start, Scale scale, double peak)
    {
        StartWeights? weights = start.Nearest(scale)
            .FirstOrDefault(weights => Fits(weights, network.Settings, network.Enlargement, network.Channels, peak));
        if (weights is null)
        {
            if (start.IsOptional)
                return;
            throw None(network, start, scale, peak);
        }

        foreach ((string name, Tensor value) in network.Parameters)
        {
            (Shape shape, float[] elements) = weights.Parameter(name, network.Channels)!.Value;
            using Tensor loaded = shape.Rank == 4
                ? Layout.FromOihw(value.Device, shape, elements) : Tensor.From(value.Device, shape, elements);
            value.Assign(loaded);
        }
    }

    private static bool Fits(StartWeights weights, NetworkSettings network, WholeScale enlargement, int channels, double peak)
    {
        if (weights.Form != network.Form.ToString() || weights.Peak != peak)
            return false;
        if (enlargement != (network.Form == NetworkForm.SubPixel ? WholeScale.AtLeast(weights.Scale) : WholeScale.One))
            return false;
        Shape[] found = [.. weights.Names.Select(name => weights.Parameter(name, channels)!.Value.Shape).Where(shape => shape.Rank == 4)];
        int[] widths = [channels, .. Enumerable.Repeat(network.Width, network.Depth - 1), channels * enlargement.Area];
        int side = network.KernelSize;
        return found.SequenceEqual(widths.Skip(1).Zip(widths, (outputs, inputs) => Shape.Create([outputs, inputs, side, side])));
    }

    private static StartException None(ZssrNetwork network, NetworkStart start, Scale scale, double peak)
    {
        NetworkSettings asked = network.Settings;
        string found = start.Weights.Count == 0
            ? "only its name is known here; read the file again"
            : $"it has: {string.Join("; ", start.Weights.Select(weights => $"{weights}, white {weights.Peak:0}"))}";
        return new StartException(string.Create(
            CultureInfo.InvariantCulture,
            $"start: '{start.Name}' has no weights for {asked.Form}, width {asked.Width}, {asked.Depth} layers, "
            + $"kernel {asked.KernelSize}, {network.Channels} channels, x{scale}, white {peak:0}; {found}. "
            + $"Choose a network that it fits, another --start (`zssr learn` makes them), or --start none."));
    }
}
