namespace Zssr.Tensors.KernelSources;

/// <summary>C# source in which comments and the contents of literals can be told from code.</summary>
/// <remarks>
/// <see cref="Code"/> is the text with all of these blanked out, character by character, so that a position means the same in both: there,
/// a brace is a brace, and a name is a name. Not a parser: it knows where code is, not what it says.
/// </remarks>
internal sealed class CSharpText
{
    private readonly char[] _code;

    public CSharpText(string text)
    {
        Text = text;
        _code = text.ToCharArray();
        SkipCode(0, endsAtBrace: false);
        Code = new string(_code);
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The text with blanks for every character of comments and of strings; line ends stay.</summary>
    public string Code { get; }

    /// <summary>Where the first line of the member around a position of its head begins: its documentation, or its attributes.</summary>
    public int StartOfMember(int head)
    {
        // It is the line after the end of what is before it: a member, or the head of its class.
        int before = Code.AsSpan(0, head).LastIndexOfAny('{', '}', ';');
        int start = Text.IndexOf('\n', before + 1) + 1;
        if (start == 0 || start > head)
            return before + 1;
        while (start < head && Text.AsSpan(start, Text.IndexOf('\n', start) - start).IsWhiteSpace())
            start = Text.IndexOf('\n', start) + 1;
        return start;
    }

    /// <summary>
    /// The position after the member around a position of its head: after the brace that closes its body, or its semicolon if it has none.
    /// </summary>
    public int EndOfMember(int head)
    {
        int depth = 0;
        bool isExpression = false;
        for (int i = head; i < Code.Length; i++)
        {
            depth += Code[i] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            isExpression |= depth == 0 && Code[i] == '>' && Code[i - 1] == '=';
            if (depth == 0 && (Code[i] == ';' || (Code[i] == '}' && !isExpression)))
                return i + 1;
        }

        return Code.Length;
    }

    /// <summary>The position after code that begins here: after the brace that closes an interpolation, or at the end.</summary>
    private int SkipCode(int at, bool endsAtBrace)
    {
        int depth = 0;
        while (at < Text.Length)
        {
            if (LiteralOrCommentEnd(at) is { } end)
            {
                at = end;
                continue;
            }

            depth += Text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at++;
            if (endsAtBrace && depth < 0)
                return at;
        }

        return at;
    }

    /// <summary>Blanks out what begins here, if it is no code, and gives the position after it; null where code goes on.</summary>
    private int? LiteralOrCommentEnd(int at)
    {
        if (Begins(at, "//"))
            return Blank(at, IndexOrEnd("\n", at));
        if (Begins(at, "/*"))
            return Blank(at, IndexOrEnd("*/", at + 2) + 2);
        if (Text[at] == '\'')
            return Blank(at, Quoted(at + 1, '\'', verbatim: false, interpolated: false));

        // Such as $@" or $$""": all that may stand before the quotes.
        int quote = at;
        while (quote < Text.Length && Text[quote] is '$' or '@')
            quote++;
        if (quote == Text.Length || Text[quote] != '"')
            return null;
        if (Begins(quote, "\"\"\""))
            return Blank(at, Raw(quote));
        ReadOnlySpan<char> prefix = Text.AsSpan(at, quote - at);
        return Blank(at, Quoted(quote + 1, '"', verbatim: prefix.Contains('@'), interpolated: prefix.Contains('$')));
    }

    /// <summary>The position after the quote that closes a string or character.</summary>
    private int Quoted(int at, char quote, bool verbatim, bool interpolated)
    {
        while (at < Text.Length)
        {
            char c = Text[at];
            bool isDoubled = at + 1 < Text.Length && Text[at + 1] == c;
            if (c == '\\' && !verbatim)
                at += 2;
            else if (c == quote && verbatim && isDoubled)
                at += 2;
            else if (c == quote)
                return at + 1;
            else if (interpolated && c == '{' && isDoubled)
                at += 2;
            else if (interpolated && c == '{')
                at = SkipCode(at + 1, endsAtBrace: true); // strings within have quotes of their own
            else
                at++;
        }

        return at;
    }

    /// <summary>The position after a raw string, which ends with as many quotes as it begins with.</summary>
    private int Raw(int quotes)
    {
        int content = quotes;
        while (content < Text.Length && Text[content] == '"')
            content++;
        int count = content - quotes;
        return IndexOrEnd(new string('"', count), content) + count;
    }

    private int Blank(int from, int to)
    {
        to = Math.Min(to, Text.Length);
        for (int i = from; i < to; i++)
            _code[i] = Text[i] is '\n' or '\r' ? Text[i] : ' ';
        return to;
    }

    private bool Begins(int at, string token) => string.CompareOrdinal(Text, at, token, 0, token.Length) == 0;

    private int IndexOrEnd(string token, int from)
    {
        int at = Text.IndexOf(token, Math.Min(from, Text.Length), StringComparison.Ordinal);
        return at < 0 ? Text.Length : at;
    }
}
