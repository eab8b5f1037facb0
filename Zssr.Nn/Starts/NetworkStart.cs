using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Zssr.Nn;

/// <summary>
/// What training on an image begins with in place of random weights: weights that were learned from other pictures, for one or several
/// scales and forms of the network.
/// </summary>
/// <param name="Name">The name of a start that is built in, or the name of a file.</param>
/// <param name="Sha256">Of the file's bytes, in hexadecimal; of several files, one after the other in the order of their names.</param>
public sealed record NetworkStart(string Name, string Sha256)
{
    /// <summary>The weights; empty where settings were read that only tell which they were.</summary>
    [JsonIgnore]
    public IReadOnlyList<StartWeights> Weights { get; init; } = [];

    /// <summary>Whether a network that no weights fit may begin with random ones, as with a preset's start. Otherwise that is an error.</summary>
    [JsonIgnore]
    public bool IsOptional { get; init; }

    /// <summary>Reads a start from a file's bytes.</summary>
    /// <param name="name">How it is recorded.</param>
    /// <param name="file">What <c>zssr learn</c> has written.</param>
    /// <exception cref="StartException">It is no start, or damaged.</exception>
    public static NetworkStart Read(string name, params IReadOnlyList<byte[]> file)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var weights = new List<StartWeights>();
        foreach (byte[] bytes in file)
        {
            hash.AppendData(bytes);
            weights.Add(WeightsIn(name, bytes));
        }

        return new NetworkStart(name, Convert.ToHexStringLower(hash.GetHashAndReset())) { Weights = weights };
    }

    /// <summary>Whether two starts are the same weights under the same name.</summary>
    public bool Equals(NetworkStart? other) => other is not null && (Name, Sha256) == (other.Name, other.Sha256);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Sha256);

    /// <summary>Whether there are weights that were learned for a scale.</summary>
    public bool HasScale(Scale scale) => Weights.Any(weights => Distance(weights.Scale, scale) < 1e-9);

    /// <summary>The weights, those of the nearest scale first.</summary>
    internal IEnumerable<StartWeights> Nearest(Scale scale) => Weights.OrderBy(weights => Distance(weights.Scale, scale));

    private static double Distance(Scale one, Scale other) =>
        Math.Abs(Math.Log(one.Vertical / other.Vertical)) + Math.Abs(Math.Log(one.Horizontal / other.Horizontal));

    private static StartWeights WeightsIn(string name, byte[] bytes)
    {
        try
        {
            var weights = StartWeights.Of(SafetensorsFile.Read(bytes));
            return weights.IsFinite ? weights : throw new StartException("start: it has weights that are not numbers. Learn it again.");
        }
        catch (SafetensorsException failure)
        {
            throw new StartException($"start: '{name}' cannot be read. {failure.Message}", failure);
        }
    }
}
