namespace Zssr.Tests.Fuzzing;

/// <summary>
/// Every reader against files that are damaged at random: each is read, or refused in one line, within bounds of time and memory. The same
/// seeds give the same files. <see cref="GuidedFuzzing"/> goes deeper, for as long as one likes.
/// </summary>
public sealed class ReaderFuzzTests
{
    private static readonly int Files = Thoroughness.Of(usual: 300, thorough: 20_000);

    private FuzzedReaders _readers = null!;

    [OneTimeSetUp]
    public void MakeReaders() => _readers = new FuzzedReaders();

    [OneTimeTearDown]
    public void RemoveReaders() => _readers.Dispose();

    [Test]
    public void A_damaged_file_is_read_or_refused_in_one_line([ValueSource(typeof(FuzzedReaders), nameof(FuzzedReaders.Names))] string name)
    {
        FuzzedReader reader = _readers.Get(name);
        foreach (byte[] sound in reader.Sound)
            Assert.That(() => reader.Read(sound), Throws.Nothing, "the file before it is damaged");

        for (int seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            byte[] Any() => reader.Sound[random.Next(reader.Sound.Length)];
            byte[] file = Mutation.Of(Any(), random, Any());
            if (seed % 2 == 0)
                reader.Repair?.Invoke(file);
            string? problem = reader.Problem(file);
            Assert.That(problem, Is.Null, () => $"{name}, seed {seed}, {file.Length} bytes: {Convert.ToBase64String(file[..Math.Min(file.Length, 3000)])}");
        }
    }
}
