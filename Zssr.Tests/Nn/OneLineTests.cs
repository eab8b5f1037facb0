using Zssr.Nn;

namespace Zssr.Tests.Nn;

public sealed class OneLineTests
{
    [Test]
    public void What_controls_a_terminal_becomes_a_blank() =>
        Assert.That(OneLine.Of("a\r\nb\tc\u001b[31md\u0085e\u007f…"), Is.EqualTo("a  b c [31md e …"));

    [TestCase(1000, false)]
    [TestCase(1001, true)]
    [TestCase(100_000, true)]
    public void Of_a_long_text_beginning_and_end_are_kept(int length, bool isCut)
    {
        string text = "begin" + new string('x', length - 8) + "end", line = OneLine.Of(text);
        Assert.That(line, Has.Length.EqualTo(Math.Min(length, 1000)).And.StartsWith("begin").And.EndsWith("end"));
        Assert.That(line.Contains(" … ", StringComparison.Ordinal), Is.EqualTo(isCut));
    }

    [Test]
    public void A_damaged_file_does_not_get_to_fill_the_screen()
    {
        // Found by AFL++: the JSON reader quotes all that follows a mistake.
        byte[] header = System.Text.Encoding.ASCII.GetBytes("{\"__metadata__\":{\"for\":tma" + new string('y', 5000) + "}}");
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header];
        Assert.That(() => SafetensorsFile.Read(file), Throws.TypeOf<SafetensorsException>().With.Message.Length.EqualTo(1000));
    }
}
