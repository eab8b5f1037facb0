using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Zssr.App.Charts;
using Zssr.Nn;

namespace Zssr.App.Records;

/// <summary>How good a result is, against the image that it should be, and how good bicubic enlargement is.</summary>
/// <param name="Psnr">Of the luma, in dB, without the border.</param>
/// <param name="Ssim">Of the luma.</param>
/// <param name="RgbPsnr">Of all channels, in dB.</param>
/// <param name="BicubicPsnr">Of bicubic enlargement.</param>
/// <param name="BicubicSsim">Of bicubic enlargement.</param>
internal sealed record QualityRecord(double Psnr, double Ssim, double RgbPsnr, double BicubicPsnr, double BicubicSsim);

/// <summary>An image of a run.</summary>
/// <param name="Path">Its file as the user named it.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="HasAlpha">Whether it has transparency.</param>
internal sealed record ImageRecord(string Path, int Height, int Width, int Channels, bool HasAlpha);

/// <summary>The device of a run.</summary>
internal sealed record DeviceRecord(string Name, string Description, string Driver, int Threads, bool Portable);

/// <summary>What a run was computed with.</summary>
internal sealed record VersionsRecord(string Zssr, string Dotnet, string Ilgpu, string OperatingSystem, string Architecture);

/// <summary>Seconds that the run took; of a resumed run, in the process that finished it.</summary>
internal sealed record SecondsRecord(double Training, double Enlarging, double Total);

/// <summary>One stage of a run.</summary>
/// <param name="Scale">The scale reached, relative to the input.</param>
/// <param name="Iterations">Iterations trained.</param>
/// <param name="FinalLoss">The mean of the last losses.</param>
/// <param name="ReconstructionPsnr">The last one measured, in dB.</param>
/// <param name="Collapses">After how many iterations each earlier attempt of this training was given up.</param>
/// <param name="Divergences">When this training diverged, and to which iteration it went back.</param>
/// <param name="RateDrops">When the rate fell, and to what; empty where it falls all the time.</param>
internal sealed record StageRecord(
    string Scale, int Iterations, double? FinalLoss, double? ReconstructionPsnr, IReadOnlyList<int> Collapses,
    IReadOnlyList<Divergence> Divergences, IReadOnlyList<RateDrop> RateDrops);

/// <summary>Everything about a run, as <c>run.json</c> keeps it.</summary>
internal sealed record RunRecord
{
    /// <summary>The run is going on, or its process was killed.</summary>
    public const string Running = "running";

    /// <summary>Everything was written.</summary>
    public const string Finished = "finished";

    /// <summary>It failed.</summary>
    public const string FailedStatus = "failed";

    /// <summary>The user stopped it.</summary>
    public const string Interrupted = "interrupted";

    public required string Status { get; init; }

    public string? Error { get; init; }

    public required ImageRecord Input { get; init; }

    /// <summary>Where the result goes; it is there once the status is finished.</summary>
    public required ImageRecord Output { get; init; }

    public required JsonElement Settings { get; init; }

    public string? Kernel { get; init; }

    /// <summary>What the picture was found to have come with; null where that was not asked.</summary>
    public DamageRecord? Damage { get; init; }

    /// <summary>Where the kernel puts the input's pixels on the output; null without a kernel.</summary>
    public string? KernelPlacement { get; init; }

    public required ulong Seed { get; init; }

    public required DeviceRecord Device { get; init; }

    public required VersionsRecord Versions { get; init; }

    /// <summary>SHA-256 of the input's values and kernel, and of the settings: a finished run with the same is the same run.</summary>
    public required string InputSha256 { get; init; }

    public required string SettingsSha256 { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The iteration at which this process took the run over from a checkpoint; null for one that began here.</summary>
    public int? ResumedAt { get; init; }

    public SecondsRecord? Seconds { get; init; }

    public IReadOnlyList<StageRecord> Stages { get; init; } = [];

    public QualityRecord? Quality { get; init; }

    /// <summary>How records are written.</summary>
    public static JsonSerializerOptions Json(bool indented) => indented ? Indented : OnOneLine;

    private static JsonSerializerOptions Indented { get; } = Options(indented: true);

    private static JsonSerializerOptions OnOneLine { get; } = Options(indented: false);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new FiniteOrNull() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for files and terminals, not for web pages: names stay readable
    };
}
