using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// A trained network as a safetensors file holds it: a run's checkpoint, which also tells how it was trained; or parameters alone, whose
/// names and shapes tell form, depth, width, kernel size and channels.
/// </summary>
/// <remarks>
/// What parameters alone do not tell is the value of white; and of a sub-pixel network they tell only by how many pixels it makes of one,
/// so it is taken to enlarge rows and columns alike. A run's checkpoint has the network as it was at that moment, at the end of the
/// last training: as the result was made with it.
/// </remarks>
public sealed class StoredNetwork : IDisposable
{
    private StoredNetwork(ZssrNetwork network, TrainingCheckpoint? checkpoint, ZssrSettings? settings) =>
        (Network, Checkpoint, Settings) = (network, checkpoint, settings);

    /// <summary>The network.</summary>
    public ZssrNetwork Network { get; }

    /// <summary>The state of the run; null for parameters alone.</summary>
    public TrainingCheckpoint? Checkpoint { get; }

    /// <summary>The settings of the run; null for parameters alone.</summary>
    public ZssrSettings? Settings { get; }

    /// <summary>Reads the network of a file.</summary>
    /// <param name="device">Where the network will live.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="CheckpointException">It holds no such network, or is damaged; the message says what is missing.</exception>
    public static StoredNetwork Read(Device device, SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(file);
        var checkpoint = TrainingCheckpoint.In(file);
        Shape first = FirstWeight(file);
        try
        {
            var settings = checkpoint is null ? null : ZssrSettings.FromJson(checkpoint.SettingsJson);
            NetworkSettings form = settings?.Network ?? SettingsOf(file, first);
            WholeScale enlargement = settings?.NetworkEnlargement ?? EnlargementOf(file, form, channels: first[1]);
            RequireRoom(file, form, channels: first[1], enlargement.Area);
            var network = new ZssrNetwork(
                device, form, channels: first[1], seed: 0, enlargement: enlargement, placement: settings?.KernelPlacement);
            var stored = new StoredNetwork(network, checkpoint, settings);
            try
            {
                RequireNoOthers(file, network);
                ParameterStore.Load(file, network.Parameters);
                RequireFinite(network);
                return stored;
            }
            catch
            {
                stored.Dispose();
                throw;
            }
        }
        catch (SettingsException failure)
        {
            throw new CheckpointException($"checkpoint: its network cannot be built. {failure.Message}", failure);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();

    /// <summary>The shape of the first layer's weight as files have it, [outputs, channels, kernel height, kernel width].</summary>
    private static Shape FirstWeight(SafetensorsFile file)
    {
        string name = WeightName(0);
        if (!file.Contains(name))
        {
            throw new CheckpointException(
                $"checkpoint: it has no '{name}', with which the parameters of ZSSR's network begin. "
                + $"It has {file.Names.Count} arrays{(file.Names.Count == 0 ? "" : $", the first of which is '{file.Names[0]}'")}.");
        }

        Shape shape = file.ShapeOf(name);
        return shape is { Rank: 4, ElementCount: > 0 }
            ? shape
            : throw new CheckpointException(
                $"checkpoint: '{name}' has shape {shape}; a convolution has weights [outputs, inputs, kernel height, kernel width].");
    }

    private static NetworkSettings SettingsOf(SafetensorsFile file, Shape first)
    {
        int depth = 1;
        while (file.Contains(WeightName(depth)))
            depth++;
        return new NetworkSettings
        {
            // Only the article's form has biases, only the sub-pixel form more channels at the end than at the beginning.
            Form = file.Contains("layers.0.bias") ? NetworkForm.BlockResiduals
                : PixelsOfOne(file, depth, channels: first[1]) > 1 ? NetworkForm.SubPixel
                : NetworkForm.GlobalResidual,
            Depth = depth,
            Width = depth > 1 ? first[0] : new NetworkSettings().Width,
            KernelSize = first[2],
        };
    }

    /// <summary>How many pixels the last layer makes of one; 1 where its channels are no multiple of the image's.</summary>
    private static int PixelsOfOne(SafetensorsFile file, int depth, int channels)
    {
        Shape last = file.ShapeOf(WeightName(depth - 1));
        return last.Rank == 4 && last[0] % channels == 0 ? last[0] / channels : 1;
    }

    /// <summary>By how much a network enlarges of which there are only parameters.</summary>
    private static WholeScale EnlargementOf(SafetensorsFile file, NetworkSettings settings, int channels)
    {
        if (settings.Form != NetworkForm.SubPixel)
            return WholeScale.One;
        int pixels = PixelsOfOne(file, settings.Depth, channels), side = (int)Math.Round(Math.Sqrt(pixels));
        return side * side == pixels
            ? new WholeScale(side, side)
            : throw new CheckpointException(
                $"checkpoint: its last layer makes {pixels} pixels of one, and {pixels} is no square; parameters alone do not say how many "
                + "rows and columns these are. Name a run's checkpoint.");
    }

    /// <summary>A few bytes of metadata must not have a network built that takes gigabytes: the file has to have as many numbers.</summary>
    private static void RequireRoom(SafetensorsFile file, NetworkSettings settings, int channels, int pixels)
    {
        settings.Validate();
        long inner = (long)settings.Width * settings.Width * Math.Max(0, settings.Depth - 2);
        long outer = (long)channels * (settings.Depth == 1 ? (long)channels * pixels : (1L + pixels) * settings.Width);
        long weights = (inner + outer) * settings.KernelSize * settings.KernelSize;
        long there = file.Names.Sum(name => (long)file.ShapeOf(name).ElementCount);
        if (weights > there)
        {
            throw new CheckpointException(
                $"checkpoint: a network of depth {settings.Depth} and width {settings.Width} has {weights} weights, but the file has "
                + $"{there} numbers. It is damaged.");
        }
    }

    /// <summary>A file with more layers or biases than the network has would be another network.</summary>
    private static void RequireNoOthers(SafetensorsFile file, ZssrNetwork network)
    {
        string[] others = [.. file.Names.Where(name => name.StartsWith("layers.", StringComparison.Ordinal))
            .Except(network.Parameters.Select(parameter => parameter.Name))];
        if (others.Length > 0)
        {
            throw new CheckpointException(
                $"checkpoint: it has '{others[0]}', which a ZSSR network of {network.Settings.Depth} layers "
                + $"({network.Settings.Form}) does not have. It belongs to another network, or layers are missing.");
        }
    }

    /// <summary>A run's checkpoint may be of a training that is just diverging; its network has nothing to show.</summary>
    private static void RequireFinite(ZssrNetwork network)
    {
        foreach ((string name, Tensor value) in network.Parameters)
        {
            if (!value.ToDoubles().All(double.IsFinite))
            {
                throw new CheckpointException(
                    $"checkpoint: '{name}' has values that are not finite. It is damaged, or its training had diverged; train again.");
            }
        }
    }

    private static string WeightName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.weight");
}
