using System.Diagnostics;
using System.Net.Sockets;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Names of whatever is no image file: none of them may be waited for or read without end.</summary>
[TestFixture]
public sealed class ImageSourceTests : FolderFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    [TestCase("/dev/urandom")]
    [Platform("Linux,MacOsX")]
    public void A_device_is_not_read(string path) => Refuses(path, "is a device, not a file");

    [Test]
    [Platform("Linux,MacOsX")]
    public void A_pipe_is_not_waited_for()
    {
        string path = At("pipe.png");
        Run("mkfifo", path);
        Refuses(path, "is a pipe, not a file");
        File.CreateSymbolicLink(At("link.png"), path);
        Refuses(At("link.png"), "is a pipe, not a file");
    }

    [Test]
    [Platform("Linux")]
    public void The_pipe_of_a_shell_is_not_waited_for()
    {
        using var writer = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        Refuses($"/proc/self/fd/{writer.GetClientHandleAsString()}", "is a pipe, not a file");
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void A_socket_is_not_read()
    {
        string path = At("socket.png");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Refuses(path, "is a socket, not a file");
    }

    [Test]
    public void A_circle_of_links_is_named()
    {
        string first = At("a.png"), second = At("b.png");
        File.CreateSymbolicLink(first, second);
        File.CreateSymbolicLink(second, first);
        Refuses(first, "cannot be read", "link");
    }

    [Test]
    public void A_link_to_nothing_is_no_file()
    {
        File.CreateSymbolicLink(At("a.png"), At("none.png"));
        Refuses(At("a.png"), "there is no file");
    }

    [Test]
    public void A_link_to_an_image_is_that_image()
    {
        File.CreateSymbolicLink(At("a.png"), ImageData.PathOf("rgb.png"));
        File.CreateSymbolicLink(At("b.png"), At("a.png"));
        Assert.That(ImageFile.Read(At("b.png")).Width, Is.EqualTo(13));
    }

    [Test]
    [Platform("Linux")]
    public void A_file_that_may_not_be_read_is_named_with_what_to_do()
    {
        string path = At("a.png");
        File.Copy(ImageData.PathOf("rgb.png"), path);
        Run("chmod", "000", path);
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "zssr.dll"), "metrics", path, path];
        // The administrator may read everything, but for a process that has given this right up.
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", .. program]
            : program;
        (int exit, string error) = Run(command);
        Assert.That(exit, Is.EqualTo(1), error);
        Assert.That(error, Does.StartWith($"zssr: {path} may not be read: permission is denied."));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    private static void Refuses(string path, params string[] parts)
    {
        Task<ImageFileException> reading = Task.Run(() => Assert.Throws<ImageFileException>(() => ImageFile.Read(path))!);
        Assert.That(reading.Wait(Patience), Is.True, "it still waits");
        foreach (string part in parts)
            Assert.That(reading.Result.Message, Does.Contain(part).And.Contain(path));
    }

    private static (int Exit, string Error) Run(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
