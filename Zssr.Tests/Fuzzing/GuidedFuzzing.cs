using SharpFuzz;

namespace Zssr.Tests.Fuzzing;

/// <summary>
/// A reader under AFL++, which keeps each file that reaches new code and damages it further: <c>guided.sh</c> beside this file sets it up.
/// </summary>
internal static class GuidedFuzzing
{
    public const string Verb = "fuzz", SeedsVerb = "fuzz-seeds";

    /// <summary>Writes the whole files to begin with.</summary>
    public static void WriteSeeds(string name, string folder)
    {
        using var readers = new FuzzedReaders();
        byte[][] sound = readers.Get(name).Sound;
        for (int i = 0; i < sound.Length; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i}"), sound[i]);
    }

    /// <summary>Reads one file after the other from AFL++, which stops the process; without it, one file from standard input.</summary>
    public static void Run(string name)
    {
        // Not before the fuzzer calls: code that counts its branches needs the fuzzer's memory.
        FuzzedReader? reader = null;
        using var readers = new FuzzedReaders();
        Fuzzer.OutOfProcess.Run(stream =>
        {
            reader ??= readers.Get(name);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            byte[] file = bytes.ToArray();
            reader.Repair?.Invoke(file);
            if (reader.Problem(file) is { } problem)
                throw new InvalidDataException(problem);
        });
    }
}
