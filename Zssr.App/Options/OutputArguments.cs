using System.CommandLine;
using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.App.Options;

/// <summary>The options of every command that writes one image.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The image to write; the extension gives the format: .png, .jpg, .jpeg, .bmp or .tga.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _force = ForceOption.Create();
    private readonly WritingArguments _writing;

    public OutputArguments(Command command)
    {
        command.Add(_output);
        command.Add(_force);
        _writing = new WritingArguments(command);
    }

    /// <summary>Where to write. Ask before any work: it throws whatever can be known to go wrong.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="inputs">What the command reads, which no output may replace; null where none was named.</param>
    /// <exception cref="FileException">The file exists (and no --force), is an input, or cannot be written.</exception>
    public string Path(ParseResult parsed, params IEnumerable<string?> inputs)
    {
        string path = parsed.GetValue(_output)!;
        FileSet.RequireOther(path, inputs);
        ImageFile.CheckWritable(path);
        AtomicFile.CheckWritable(path, parsed.GetValue(_force));
        return path;
    }

    /// <summary>Writes the image, and says so; and, on standard error, what the format cannot hold.</summary>
    public void Write(ParseResult parsed, string path, Picture picture)
    {
        if (ImageFile.Write(path, picture, _writing.Of(parsed)) is { } lost)
            Console.Error.WriteLine($"zssr: {lost}");
        Console.WriteLine($"Wrote {path}: {picture.Height} rows, {picture.Width} columns.");
    }
}
