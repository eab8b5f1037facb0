using System.CommandLine;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>What a blur kernel asks of other options.</summary>
internal static class KernelArguments
{
    /// <summary>A preset's settings, changed as a blur kernel asks for, and then as the options say.</summary>
    /// <exception cref="SettingsException">
    /// A value is not possible, or not with a blur kernel; or there is none that could lie where the options say.
    /// </exception>
    public static ZssrSettings Change(ZssrSettings preset, SettingOptions options, ParseResult parsed, bool hasKernel)
    {
        ZssrSettings settings = options.Change(preset, parsed);
        RequireForPlacement(settings, hasKernel);
        if (!hasKernel)
            return settings;
        ZssrSettings changed = options.Change((preset with { Scales = settings.Scales }).ForGivenKernel(), parsed);
        ScaleSchedule.RequireOneJump(changed);
        return changed;
    }

    private static void RequireForPlacement(ZssrSettings settings, bool hasKernel)
    {
        if (settings.KernelPlacement is { } placement && !hasKernel)
            throw new SettingsException($"--kernel-placement {placement} needs --kernel: it says where that kernel lies.");
    }
}
