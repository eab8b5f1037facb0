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
        hash.AppendData(MemoryMarshal.AsBytes<float>(image.ToArray()));
        if (kernel is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"kernel {kernel.Height} {kernel.Width}"));
            hash.AppendData(MemoryMarshal.AsBytes<double>(kernel.Numeric.ToArray().Cast<double>().ToArray()));
        }

        return new RunIdentity(
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.ToJson()))));
    }
}
