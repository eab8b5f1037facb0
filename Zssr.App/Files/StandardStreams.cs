using System.Text;

namespace Zssr.App.Files;

/// <summary>
/// What the program writes to its standard streams may go to a file on a full disk. Notes and progress are not worth a run: those that
/// cannot be written are dropped. Results are: the program ends with a plain line.
/// </summary>
internal static class StandardStreams
{
    /// <summary>Puts both in the console's place. For the program's entry point.</summary>
    public static void Guard()
    {
        Console.SetError(new GuardedWriter(Console.Error, _ => { }));
        Console.SetOut(new GuardedWriter(Console.Out, failure => throw new StandardOutputException(failure)));
    }

    /// <summary>Hands everything on, and each failure too.</summary>
    private sealed class GuardedWriter(TextWriter writer, Action<Exception> onFailure) : TextWriter
    {
        public override Encoding Encoding => writer.Encoding;

        public override void Write(char value) => Try(() => writer.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => writer.Write(buffer, index, count));

        public override void Write(string? value) => Try(() => writer.Write(value));

        public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

        public override void Flush() => Try(writer.Flush);

        private void Try(Action write)
        {
            try
            {
                write();
            }
            catch (Exception failure) when (FileFailure.Is(failure))
            {
                onFailure(failure);
            }
        }
    }
}

/// <summary>A result cannot be written to standard output; no other will be.</summary>
internal sealed class StandardOutputException(Exception cause)
    : FileException("standard output", $"cannot write to standard output: {Reason(cause)}", cause)
{
    /// <summary>Of a stream that is not open, or only for reading, the system says that it may not be written.</summary>
    private static string Reason(Exception cause) => cause is UnauthorizedAccessException
        ? "it is closed. Leave it open, or give it a place: > /dev/null." : FileFailure.Reason(cause);
}
