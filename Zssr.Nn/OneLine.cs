namespace Zssr.Nn;

/// <summary>Messages that may quote what a file holds.</summary>
public static class OneLine
{
    private const int MostCharacters = 1000, KeptAtTheEnd = 300;
    private const string Gap = " … ";

    /// <summary>
    /// The text with a blank for every character that controls a terminal: line ends, and the escapes with which a file could write what it
    /// likes where the message is shown. Of a text of over 1000 characters, the middle is left out.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters)
            text = text[..(MostCharacters - KeptAtTheEnd - Gap.Length)] + Gap + text[^KeptAtTheEnd..];
        return string.Create(text.Length, text, static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}
