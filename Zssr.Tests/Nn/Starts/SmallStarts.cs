using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Starts;

/// <summary>Starts of small networks that take a moment to learn.</summary>
internal static class SmallStarts
{
    /// <summary>Twelve iterations of two crops of 16 × 16 with a network of two layers and four channels.</summary>
    public static StartRecipe Recipe { get; } = new()
    {
        Settings = StartRecipe.DefaultSettings with
        {
            Network = new NetworkSettings { Width = 4, Depth = 2 },
            Pairs = StartRecipe.DefaultSettings.Pairs with { CropSize = 16 },
            Training = StartRecipe.DefaultSettings.Training with { Iterations = 12, Batch = 2 },
        },
        DrawingSide = 32,
        Drawings = 3,
        PairsPerDrawing = 5,
    };

    /// <summary>The same for another network.</summary>
    public static StartRecipe Of(Func<NetworkSettings, NetworkSettings> change) =>
        Recipe with { Settings = Recipe.Settings with { Network = change(Recipe.Settings.Network) } };

    /// <summary>Learns one.</summary>
    public static byte[] Learn(StartRecipe recipe, Device? device = null, params IReadOnlyList<Tensor> pictures) =>
        Bytes(new StartLearner(recipe, pictures).Run(device ?? SmallRuns.Cpu));

    /// <summary>The same start with its arrays in another order, and another array in the place of one.</summary>
    public static SafetensorsFile With(
        SafetensorsFile file, IEnumerable<string> names, string replaced = "", (Shape Shape, float[] Elements) replacement = default)
    {
        var other = new SafetensorsFile();
        foreach ((string name, string value) in file.Metadata)
            other.Metadata[name] = value;
        foreach (string name in names)
        {
            (Shape shape, float[] elements) = name == replaced ? replacement : (file.ShapeOf(name), file.Floats(name));
            other.Add(name, shape, elements);
        }

        return other;
    }

    public static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream, withChecksum: true);
        return stream.ToArray();
    }
}
