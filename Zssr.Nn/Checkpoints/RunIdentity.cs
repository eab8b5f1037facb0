using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>What a run depends on, as hashes (SHA-256 in hexadecimal): a checkpoint continues only the run that wrote it.</summary>
/// <param name="Input">Of the image's shape and values, and the blur kernel's.</param>
/// <param name="Settings">Of the settings.</param>
public sealed record RunIdentity(string Input, string Settings)
{
    /// <summary>The identity of a run.</summary>
    public static RunIdentity Of(Tensor image, ZssrSettings settings, BlurKernel? kernel)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(settings);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(image.Shape.ToString()));
        AppendElements(hash, image);
        if (kernel is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"kernel {kernel.Height} {kernel.Width}"));
            hash.AppendData(MemoryMarshal.AsBytes<double>(kernel.Numeric.ToArray().Cast<double>().ToArray()));
        }

        return new RunIdentity(
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.ToJson()))));
    }

    /// <summary>The elements in some pieces: a large image need not be there twice.</summary>
    private static void AppendElements(IncrementalHash hash, Tensor image)
    {
        const int Most = 1 << 22;
        using Tensor elements = image.Reshape([image.Count]);
        float[] buffer = new float[Math.Min(Most, image.Count)];
        for (int start = 0; start < image.Count; start += Most)
        {
            using Tensor piece = Window.Slice(elements, axis: 0, start, Math.Min(Most, image.Count - start));
            Span<float> values = buffer.AsSpan(0, piece.Count);
            piece.CopyTo(values);
            hash.AppendData(MemoryMarshal.AsBytes(values));
        }
    }
}
