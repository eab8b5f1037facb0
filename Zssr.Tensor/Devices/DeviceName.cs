using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Zssr.Tensors;

/// <summary>The ways a device can be reached.</summary>
public enum DeviceKind
{
    /// <summary>This computer's processor: SIMD code on all cores, ILGPU's CPU accelerator for the rest.</summary>
    Cpu,

    /// <summary>A device of an OpenCL driver: GPUs of any vendor, or a processor through pocl.</summary>
    OpenCl,

    /// <summary>An NVIDIA GPU through the CUDA driver.</summary>
    Cuda,
}

/// <summary>A device's name as users write it: <c>cpu</c>, <c>opencl:0</c>, <c>cuda:1</c>.</summary>
/// <param name="Kind">How the device is reached.</param>
/// <param name="Index">Which of that kind, counted from 0 in the order of <see cref="DeviceCatalog.List"/>; 0 for the processor.</param>
public readonly record struct DeviceName(DeviceKind Kind, int Index)
{
    /// <summary>The name of the processor, <c>cpu</c>.</summary>
    public static DeviceName Cpu => new(DeviceKind.Cpu, 0);

    /// <summary>
    /// Reads <c>cpu</c>, <c>opencl</c>, <c>opencl:N</c>, <c>cuda</c> or <c>cuda:N</c>; no number means 0; case does not matter.
    /// </summary>
    /// <returns>False where the text has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceName name)
    {
        name = default;
        string[] parts = (text ?? "").Trim().ToUpperInvariant().Split(':');
        int index = 0;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            return false;

        DeviceKind? kind = parts[0] switch
        {
            "CPU" when parts.Length == 1 => DeviceKind.Cpu,
            "OPENCL" => DeviceKind.OpenCl,
            "CUDA" => DeviceKind.Cuda,
            _ => null,
        };
        name = new DeviceName(kind ?? default, index);
        return kind is not null;
    }

    /// <summary>The same for a text that should be a name.</summary>
    /// <exception cref="DeviceUnavailableException">It has another form; the message lists the devices that exist.</exception>
    public static DeviceName Parse(string text) => TryParse(text, out DeviceName name)
        ? name
        : throw new DeviceUnavailableException($"'{text}' is not a device name. {DeviceOpener.WhatExists()}", text);

    /// <summary><c>cpu</c>, <c>opencl:N</c> or <c>cuda:N</c>.</summary>
    public override string ToString() => Kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.OpenCl => string.Create(CultureInfo.InvariantCulture, $"opencl:{Index}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}"),
    };
}
