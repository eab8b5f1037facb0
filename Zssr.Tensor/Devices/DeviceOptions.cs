using System.Collections.Immutable;
using System.Globalization;

namespace Zssr.Tensors;

/// <summary>How a device is to be used.</summary>
public sealed record DeviceOptions
{
    private const string LimitVariable = "ZSSR_MEMORY_LIMIT";

    /// <summary>
    /// The options as the environment sets them: <c>ZSSR_PORTABLE=1</c> means <see cref="Portable"/>, <c>ZSSR_MEMORY_LIMIT=500</c> a
    /// <see cref="MemoryLimit"/> of 500 megabytes.
    /// </summary>
    /// <exception cref="DeviceException">The limit is not a whole number of megabytes from 1 to a million.</exception>
    public static DeviceOptions FromEnvironment() => new()
    {
        Portable = Environment.GetEnvironmentVariable("ZSSR_PORTABLE") == "1",
        MemoryLimit = Environment.GetEnvironmentVariable(LimitVariable) is { Length: > 0 } text ? Megabytes(text) : 0,
    };

    private static long Megabytes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int megabytes) && megabytes is >= 1 and <= 1_000_000
            ? megabytes * 1_000_000L
            : throw new DeviceException(
                $"{LimitVariable} is '{text}'; it must be a whole number of megabytes from 1 to 1000000, or not be set.", "", "open");

    /// <summary>On <c>cpu</c>: run the ILGPU kernels instead of the SIMD code, for study and comparison. Slow.</summary>
    public bool Portable { get; init; }

    /// <summary>On <c>cpu</c>: how many threads work; 0 means all cores.</summary>
    public int Threads { get; init; }

    /// <summary>On <c>cpu</c>: 512, 256 or 128 bits a vector; 0 means the widest that this processor runs well.</summary>
    public int VectorBits { get; init; }

    /// <summary>
    /// Compute a network's blocks (convolution, bias, ReLU, residual) as single operations where the type has them, float32. Without, they
    /// are composed of their parts: slower, and as twice differentiable as these.
    /// </summary>
    public bool Fuse { get; init; } = true;

    /// <summary>
    /// Fill every new buffer with NaN, so that a kernel that leaves elements unwritten shows. For tests; costs a pass over memory.
    /// </summary>
    public bool FillNewBuffersWithNaN { get; init; }

    /// <summary>
    /// The most bytes that tensors may take together, as if the device had no more; 0: all that it has. Leaves memory to others, and shows
    /// in tests what happens where it runs out.
    /// </summary>
    public long MemoryLimit { get; init; }

    /// <summary>
    /// On <c>cpu</c> with <see cref="Portable"/>: the largest work-group that ILGPU's CPU accelerator simulates, a power of two.
    /// 2 is fastest; kernels that share memory within a group need more.
    /// </summary>
    public int SimulatedGroupSize { get; init; } = 2;

    /// <summary>
    /// What operations may be told, one value of an enumeration each, such as <c>Conv2dAlgorithm</c>; the device itself knows none.
    /// </summary>
    private ImmutableDictionary<Type, Enum> Choices { get; init; } = ImmutableDictionary<Type, Enum>.Empty;

    /// <summary>
    /// The same, with a choice that some operation leaves to its caller: <c>options.With(Conv2dAlgorithm.Naive)</c>. It holds wherever a
    /// call does not choose by itself.
    /// </summary>
    public DeviceOptions With<TChoice>(TChoice choice)
        where TChoice : struct, Enum => this with { Choices = Choices.SetItem(typeof(TChoice), choice) };

    /// <summary>The choice that was made; the enumeration's first value where none was.</summary>
    public TChoice Choice<TChoice>()
        where TChoice : struct, Enum => Choices.TryGetValue(typeof(TChoice), out Enum? made) ? (TChoice)made : default;

    /// <summary>Throws where a number cannot be meant.</summary>
    internal void Validate()
    {
        if (Threads is < 0 or > 1024)
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Threads must be 1 to 1024, or 0 for all cores.");
        if (VectorBits is not (0 or 128 or 256 or 512))
            throw new ArgumentOutOfRangeException(nameof(VectorBits), VectorBits, "Vectors have 512, 256 or 128 bits; 0 selects the best.");
        if (MemoryLimit < 0)
            throw new ArgumentOutOfRangeException(nameof(MemoryLimit), MemoryLimit, "The limit is a number of bytes, or 0 for no limit.");
        if (SimulatedGroupSize is < 2 or > 1024 || !int.IsPow2(SimulatedGroupSize))
        {
            throw new ArgumentOutOfRangeException(
                nameof(SimulatedGroupSize), SimulatedGroupSize, "The simulated group size must be a power of two from 2 to 1024.");
        }
    }
}
