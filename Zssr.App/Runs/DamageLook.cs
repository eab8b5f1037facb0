using Zssr.App.Display;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Looks at a picture before its run: what it has come with, if the settings ask, and says so in a line.</summary>
/// <param name="settings">What the user has chosen, for all pictures.</param>
/// <param name="suggests">Whether to name the preset that asks, to a user who has chosen none, where the picture is one for it.</param>
/// <param name="display">Takes the lines.</param>
internal sealed class DamageLook(ZssrSettings settings, bool suggests, RunDisplay display)
{
    /// <summary>A compression that has changed less than this is not worth a word: about that of quality 95.</summary>
    private const double LeastError = 1.5 / 255;

    /// <summary>The settings for a picture, and what they were chosen by; null where nothing was asked.</summary>
    /// <param name="job">The picture.</param>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <param name="compression">How its file is compressed, if it is a JPEG.</param>
    public (ZssrSettings Settings, DamageRecord? Record) Of(UpscaleJob job, Tensor image, JpegCompression? compression)
    {
        if (settings.Damage is not { } asked)
        {
            if (suggests)
                Suggest(job, image, compression);
            return (settings, null);
        }

        DamageFinding found = DamageFinding.Of(image, asked, compression);
        display.Note($"{job.Input}: it has {found.Description}.");
        return (found.ApplyTo(settings), DamageRecord.Of(found));
    }

    private void Suggest(UpscaleJob job, Tensor image, JpegCompression? compression)
    {
        ZssrSettings photo = ZssrPresets.Photo;
        DamageFinding found = DamageFinding.Of(image, photo.Damage!, compression);
        if (found.Noise is not null || found.CompressionError > LeastError)
            display.Note($"{job.Input}: it has {found.Description}. --preset {photo.Preset} learns to remove that.");
    }
}
