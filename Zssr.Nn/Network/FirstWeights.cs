using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Gives a network the weights of a start in place of its random ones.</summary>
internal static class FirstWeights
{
    /// <summary>
    /// Takes the weights of the nearest scale that fit the network: its form, by how much it enlarges itself (2 x 3 and 3 x 2 have the same
    /// shapes), and all of its parameters in their shapes; for a network of gray images also weights for colour
    /// (<see cref="StartWeights.Parameter"/>).
    /// </summary>
    /// <param name="network">Whose parameters are changed.</param>
    /// <param name="start">Where they come from.</param>
    /// <param name="scale">By how much the network enlarges.</param>
    /// <param name="peak">The value of white.</param>
    /// <exception cref="StartException">The start has no weights that fit; nothing has been changed then.</exception>
    public static void Load(ZssrNetwork network, NetworkStart start, Scale scale, double peak)
    {
        StartWeights weights = start.Nearest(scale).FirstOrDefault(weights => Fits(weights, network, peak))
            ?? throw None(network, start, scale, peak);
        foreach ((string name, Tensor value) in network.Parameters)
        {
            (Shape shape, float[] elements) = weights.Parameter(name, network.Channels)!.Value;
            using Tensor loaded = shape.Rank == 4
                ? Layout.FromOihw(value.Device, shape, elements) : Tensor.From(value.Device, shape, elements);
            value.Assign(loaded);
        }
    }

    private static bool Fits(StartWeights weights, ZssrNetwork network, double peak)
    {
        if (weights.Form != network.Settings.Form.ToString() || weights.Peak != peak || weights.Names.Count != network.Parameters.Count)
            return false;
        bool enlarges = network.Settings.Form == NetworkForm.SubPixel;
        if (network.Enlargement != (enlarges ? WholeScale.AtLeast(weights.Scale) : WholeScale.One))
            return false;
        return network.Parameters.All(parameter =>
            weights.Parameter(parameter.Name, network.Channels) is { } found && found.Shape == FileShape(parameter.Value.Shape));
    }

    private static Shape FileShape(Shape shape) => shape.Rank == 4 ? [shape[3], shape[2], shape[0], shape[1]] : shape;

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
