using System.Runtime.CompilerServices;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Oclgrind;

namespace Zssr.Tests.Devices;

/// <summary>What a test may need that a machine may lack; <see cref="NeedsAttribute"/> says which test needs it.</summary>
public enum Need
{
    /// <summary>OpenCL on the processor, with float64.</summary>
    Pocl,

    /// <summary>Mesa's OpenCL on the processor, without float64.</summary>
    Rusticl,

    /// <summary>The checker of OpenCL kernels.</summary>
    Oclgrind,

    /// <summary>NVIDIA's assembler.</summary>
    Ptxas,

    /// <summary>The browser.</summary>
    Chromium,

    /// <summary>The right to mount a file system in a namespace of one's own.</summary>
    Mounts,
}

/// <summary>A device or tool that tests need and that this machine may lack.</summary>
/// <param name="What">Its name, such as "ptxas".</param>
/// <param name="Cure">How to get it, as a sentence.</param>
/// <param name="IsHere">Whether this machine has it.</param>
public sealed record Requirement(string What, string Cure, Func<bool> IsHere)
{
    /// <summary>The environment variable under which a missing device or tool fails its tests, so that none is skipped unnoticed.</summary>
    public const string Variable = "ZSSR_REQUIRE_DEVICES";

    /// <summary>The device or tool.</summary>
    public static Requirement Of(Need need) => need switch
    {
        Need.Pocl => TestDevice.Pocl.Requirement,
        Need.Rusticl => TestDevice.Rusticl.Requirement,
        Need.Oclgrind => new("oclgrind", "On Debian: apt install oclgrind.", () => OclgrindRun.Library is not null),
        Need.Ptxas => new(
            "ptxas", "It is part of NVIDIA's CUDA toolkit; set ZSSR_PTXAS to its path (docs/testing.md).", () => Ptxas.Find() is not null),
        Need.Chromium => new(
            $"Chromium ({Chromium})", "On Debian: apt install chromium; elsewhere set ZSSR_CHROMIUM to its path.",
            () => File.Exists(Chromium)),
        Need.Mounts => new(
            "the right to mount a file system in a namespace (unshare -Urm)", "Containers may withhold it.", () => Namespaces.AreAllowed),
        _ => throw new ArgumentOutOfRangeException(nameof(need), need, null),
    };

    /// <summary>Where Chromium is, or would be.</summary>
    public static string Chromium => Environment.GetEnvironmentVariable("ZSSR_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>What becomes of a test that lacks it: what is missing, and how to get it.</summary>
    /// <param name="isStrict">Whether that fails the test instead of skipping it.</param>
    public string Reason(bool isStrict) =>
        $"{What} was not found on this machine. {Cure}".TrimEnd()
        + (isStrict ? $" ({Variable}=1 makes this a failure instead of a skip.)" : "");

    /// <summary>Throws unless the running test said beforehand that it needs this, whether the machine has it or not.</summary>
    /// <remarks>
    /// A test that met a missing device in its body could meet it anywhere: in a delegate of Assert.That, or in a thread. So none may; and
    /// a machine that has everything finds out, too.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It did not say so.</exception>
    public void MustBeDeclared([CallerMemberName] string member = "")
    {
        if (!Declared.ByRunningTest().Contains(What))
            throw new InvalidOperationException(
                $"{member}: this test takes {What}, which a machine may lack, and did not say so. "
                + "Put [Needs(…)] over it, or have it take the TestDevice as an argument.");
    }
}
