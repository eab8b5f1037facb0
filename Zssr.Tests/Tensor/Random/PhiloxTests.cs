using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed class PhiloxTests
{
    /// <summary>The known answers that the authors publish with their Random123 library; words in memory order.</summary>
    private static readonly TestCaseData[] KnownAnswers =
    [
        new TestCaseData(
            new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 },
            new PhiloxBlock(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)).SetArgDisplayNames("all zeros"),
        new TestCaseData(
            new[] { uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue }, new[] { uint.MaxValue, uint.MaxValue },
            new PhiloxBlock(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)).SetArgDisplayNames("all ones"),
        new TestCaseData(
            new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
            new PhiloxBlock(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)).SetArgDisplayNames("digits of pi"),
    ];

    [TestCaseSource(nameof(KnownAnswers))]
    public void The_known_answers_are_reproduced(uint[] counter, uint[] key, PhiloxBlock expected)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(key);
        PhiloxBlock block = Philox.Block(
            seed: Joined(key[0], key[1]), stream: Joined(counter[2], counter[3]), index: Joined(counter[0], counter[1]));
        Assert.That(block, Is.EqualTo(expected));
    }

    [Test]
    public void The_words_of_a_block_are_numbered_in_order()
    {
        var block = new PhiloxBlock(10, 11, 12, 13);
        Assert.That(new[] { block[0], block[1], block[2], block[3], block[4] }, Is.EqualTo(new uint[] { 10, 11, 12, 13, 10 }));
    }

    private static ulong Joined(uint low, uint high) => (ulong)high << 32 | low;
}
