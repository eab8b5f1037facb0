using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Zssr.Tensors.KernelSources;

/// <summary>A declaration in the source from which this library was built, with its documentation and attributes.</summary>
/// <param name="File">The file in the repository, such as "Zssr.Tensor/Elementwise/ElementwiseKernels.cs".</param>
/// <param name="Line">The line of its first line, counted from 1.</param>
/// <param name="Text">Its lines, without the indentation that they share.</param>
public sealed partial record SourceExcerpt(string File, int Line, string Text)
{
    /// <summary>What its documentation says in short, as one line of plain text; empty without any.</summary>
    public string Summary => Documentation()?.Element("summary") is { } summary ? Words().Replace(Plain(summary), " ").Trim() : "";

    /// <summary>The first sentence of the summary.</summary>
    public string FirstSentence => Sentence().Match(Summary).Value;

    private XElement? Documentation()
    {
        IEnumerable<string> lines = Text.Split('\n')
            .Select(line => line.Trim())
            .TakeWhile(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line[3..]);
        try
        {
            return XElement.Parse($"<doc>{string.Join('\n', lines)}</doc>");
        }
        catch (XmlException)
        {
            // The compiler warns of such documentation, and here warnings are errors; a text that was edited since has none.
            return null;
        }
    }

    private static string Plain(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => NameIn(reference.Attributes().FirstOrDefault()?.Value ?? ""),
        XElement inner => Plain(inner),
        _ => "",
    }));

    /// <summary>"KernelEpilogue" of "KernelEpilogue{T}", "MultiplyAdds" of "PeakKernels.MultiplyAdds{T}".</summary>
    private static string NameIn(string reference) => reference.Split('{')[0].Split('.')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Words();

    /// <summary>Up to the first full stop before a blank, or all of it: the stop in "0.5" ends nothing.</summary>
    [GeneratedRegex(@"^.*?(?:\.(?=\s)|$)")]
    private static partial Regex Sentence();
}
