using Zssr.App.Files;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Records;

/// <summary>The file in which a trained network is found: a run's checkpoint, or a file of parameters.</summary>
internal static class NetworkFile
{
    /// <summary>The file that is meant by the name of a run folder or a file.</summary>
    /// <exception cref="FileException">There is none.</exception>
    public static string Find(string path)
    {
        string file = Directory.Exists(path) ? RunFolder.CheckpointIn(path) : path;
        if (File.Exists(file))
            return file;
        throw new FileException(path, file == path
            ? $"there is no file or folder '{path}' (looked from {Environment.CurrentDirectory})."
            : $"there is no {Path.GetFileName(file)} in {path}. Name the folder of a run: zssr upscale IMAGE -o OUT --run-dir {path}");
    }

    /// <summary>Reads the network of a file.</summary>
    /// <exception cref="FileException">It is damaged, cannot be read, or holds no network of this kind.</exception>
    public static StoredNetwork Read(Device device, string file)
    {
        try
        {
            using FileStream stream = SourceFile.Open(file, "a network");
            StoredNetwork network = StoredNetwork.Read(device, SafetensorsFile.Read(stream));
            if (network.Checkpoint is { HasChecksum: false })
                Console.Error.WriteLine($"{file}: {RunFolder.NoChecksum}");
            return network;
        }
        catch (Exception failure)
            when (failure is FileException or SafetensorsException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new FileException(file, $"cannot read a network from {file}: {failure.Message}", failure);
        }
    }
}
