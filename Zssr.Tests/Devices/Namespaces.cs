using System.ComponentModel;
using System.Diagnostics;

namespace Zssr.Tests.Devices;

/// <summary>File systems of a process's own, for which Linux has namespaces (user_namespaces(7)).</summary>
internal static class Namespaces
{
    private static readonly Lazy<bool> Allowed = new(CanMount);

    /// <summary>Whether this user may mount something there.</summary>
    public static bool AreAllowed => Allowed.Value;

    private static bool CanMount()
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("unshare", ["-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
