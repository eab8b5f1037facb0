namespace Zssr.Nn;

/// <summary>Messages that may quote what a file holds.</summary>
public static class OneLine
{
    /// <summary>
    /// The text with a blank for every character that controls a terminal: line ends, and the escapes with which a file could write what it
    /// likes where the message is shown.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}
