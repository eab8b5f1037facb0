using System.Text;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.App.Options;

/// <summary>A text that goes to standard output, or to the file of <c>--output</c>.</summary>
internal static class TextOutput
{
    /// <summary>Throws whatever can be known to go wrong. Ask before any work.</summary>
    /// <param name="output">The file; null for standard output.</param>
    /// <param name="force">Whether it may be replaced.</param>
    /// <param name="advice">A sentence for who names a picture: what to do instead.</param>
    /// <exception cref="UsageException">The file has the name of a picture.</exception>
    /// <exception cref="FileException">It exists (and no --force), or cannot be written.</exception>
    public static void RequireWritable(string? output, bool force, string advice)
    {
        if (output is null)
            return;
        if (ImageFile.HasImageName(output) || Path.GetExtension(output).ToUpperInvariant() is ".SVG" or ".PDF")
            throw new UsageException($"--output {output}: text is written, but this is the name of a picture. {advice}");
        AtomicFile.CheckWritable(output, force);
    }

    /// <summary>Writes the text; and where it goes to a file, says so.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">The file; null for standard output.</param>
    /// <param name="toFileOnly">Keep standard output free for something else.</param>
    public static void Write(string text, string? output, bool toFileOnly = false)
    {
        if (output is not null)
            AtomicFile.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        if (!toFileOnly)
            Console.Write(output is null ? text : $"Wrote {output}.{Environment.NewLine}");
    }
}
