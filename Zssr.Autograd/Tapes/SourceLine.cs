using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Zssr.Autograd;

/// <summary>A place in a program's source.</summary>
/// <param name="Method">Type and method, such as <c>Conv2dBlockLayer.Forward</c>.</param>
/// <param name="File">The file's name without its folder; null where the program was built without debug symbols.</param>
/// <param name="Line">The line, counted from 1; 0 where the file is not known.</param>
public sealed record SourceLine(string Method, string? File, int Line)
{
    /// <summary>The line that called the engine: the innermost one that stands neither in it nor in a <see cref="Function"/>.</summary>
    /// <remarks>
    /// Read from the call stack. Where the JIT has put a method into its caller, as it may with those that have run often, the line is the
    /// caller's.
    /// </remarks>
    internal static SourceLine? OfCaller()
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && !IsOfEngine(type))
                return At(type, method, frame);
        }

        return null;
    }

    /// <summary><c>Conv2dBlockLayer.cs:39</c>, or the method where the file is not known.</summary>
    public override string ToString() => File is null ? Method : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");

    private static SourceLine At(Type type, MethodBase method, StackFrame frame)
    {
        // The path is one of the computer that built the program, which may have another separator than this one.
        string? path = frame.GetFileName();
        string? file = path?[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return new SourceLine($"{type.Name}.{method.Name}", file, file is null ? 0 : frame.GetFileLineNumber());
    }

    /// <summary>Tape, variables and functions, those of users too; and what the compiler has made of lambdas within them.</summary>
    private static bool IsOfEngine(Type type) =>
        (type.Assembly == typeof(Function).Assembly && type.Namespace == typeof(Function).Namespace)
        || type.IsAssignableTo(typeof(Function))
        || (type.DeclaringType is { } outer && IsOfEngine(outer));
}
