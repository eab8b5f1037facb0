using System.Text.Json;
using Zssr.App.Files;
using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.App.Devices;

/// <summary>
/// Keeps the verdicts of self-tests in the user's data folder, so that the test runs once for each device, driver and program.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
internal sealed class SelfTestFile(string path) : ISelfTestMemory
{
    /// <summary>Where it is unless told otherwise: <c>zssr/selftest.json</c> in the user's data folder.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "zssr", "selftest.json");

    public bool HasPassed(Device device) => Read().Contains(Key(device));

    public void Remember(Device device)
    {
        HashSet<string> passed = Read();
        if (!passed.Add(Key(device)))
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, passed.Order()));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FileException)
        {
            // Without the file the test runs again next time: a second lost, nothing else.
        }
    }

    /// <summary>Device, driver, how it was opened, and this build of the kernels.</summary>
    private static string Key(Device device) =>
        $"{device.Name}|{device.Info.Description}|{device.Info.Driver}|{(device.Options.Portable ? "portable" : "")}"
        + $"|{typeof(Device).Assembly.ManifestModule.ModuleVersionId}";

    private HashSet<string> Read()
    {
        try
        {
            using FileStream stream = SourceFile.Open(path, "verdicts of self-tests");
            return JsonSerializer.Deserialize<HashSet<string>>(stream) ?? [];
        }
        catch (Exception failure) when (failure is FileException or IOException or UnauthorizedAccessException or JsonException)
        {
            return []; // missing or damaged: nothing is known
        }
    }
}
