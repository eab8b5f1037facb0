using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Zssr.App.Files;

namespace Zssr.Tests.App.Files;

/// <summary>What is known of a file to be written before there is anything to write, and what stays of the one that it replaces.</summary>
[TestFixture]
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class OutputPathTests : FolderFixture
{
    [TestCase(300, 'a')]
    [TestCase(129, 'é')]
    public void A_name_of_more_than_255_bytes_is_refused(int letters, char letter)
    {
        string path = At(new string(letter, letters));
        RequireRefused(path, "names have at most 255");
        AtomicFile.Write(At(new string('a', 255)), stream => stream.Write("as long as it may be"u8));
    }

    [Test]
    public void A_path_that_the_system_cannot_have_is_refused()
    {
        string deep = At("x");
        for (int i = 0; i < 20; i++)
            deep = Path.Combine(deep, new string('d', 250));
        Assert.That(
            () => Folder.RequireMakeable(deep, "folder", new FileSet()), Throws.TypeOf<FileException>().With.Message.Contains("too long"));
    }

    [Test]
    public void A_file_in_the_place_of_a_folder_is_named()
    {
        File.WriteAllText(At("file"), "");
        RequireRefused(At("file/a.png"), $"{At("file")} is a file, not a folder");
        RequireRefused(At("file/b/a.png"), $"{At("file")} is a file, not a folder");
    }

    [Test]
    public void A_link_into_a_folder_that_is_not_there_is_named()
    {
        File.CreateSymbolicLink(At("link.png"), At("none/a.png"));
        RequireRefused(At("link.png"), "a link to");
    }

    [Test]
    public void A_pipe_a_socket_and_a_device_stay()
    {
        Run("mkfifo", At("pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("socket")));
        File.CreateSymbolicLink(At("link"), At("pipe"));
        RequireRefused(At("pipe"), "it is a pipe");
        RequireRefused(At("link"), "it is a pipe");
        RequireRefused(At("socket"), "it is a socket");
        RequireRefused("/dev/null", "it is a device");
        Assert.That(FileStatus.Of(At("pipe"))!.Value.Kind, Is.EqualTo(FileKind.Pipe));
        Assert.That(FileStatus.Of(At("socket"))!.Value.Kind, Is.EqualTo(FileKind.Socket));
    }

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead)]
    public void A_replaced_file_keeps_its_mode(UnixFileMode mode)
    {
        File.WriteAllText(At("a"), "old");
        File.SetUnixFileMode(At("a"), mode);
        UnixFileMode meanwhile = default;
        AtomicFile.Write(At("a"), stream =>
        {
            meanwhile = File.GetUnixFileMode(((FileStream)stream).SafeFileHandle);
            stream.Write("new"u8);
        });
        Assert.That(File.ReadAllText(At("a")), Is.EqualTo("new"));
        Assert.That(File.GetUnixFileMode(At("a")), Is.EqualTo(mode));
        Assert.That(meanwhile, Is.EqualTo(mode), "nobody else could read it before it was whole");
    }

    [Test]
    public void A_replaced_file_keeps_its_owner_and_group_where_this_process_may_give_them()
    {
        File.WriteAllText(At("a"), "old");
        if (Environment.UserName != "root")
            Assert.Ignore("only root may give files to others");
        Run("chmod", "666", At("a"));
        Run("chown", "4321:5432", At("a"));
        AtomicFile.Write(At("a"), stream => stream.Write("new"u8));
        FileStatus status = FileStatus.Of(At("a"))!.Value;
        Assert.That((status.User, status.Group), Is.EqualTo((4321, 5432)));
    }

    [Test]
    public void Status_and_the_system_program_agree()
    {
        File.WriteAllText(At("a"), "");
        FileStatus status = FileStatus.Of(At("a"))!.Value;
        string[] said = Run("stat", "-c", "%Hd %Ld %i %u %g %a", At("a")).Split(' ');
        Assert.That(
            new[]
            {
                $"{status.Device >> 32}", $"{status.Device & uint.MaxValue}", $"{status.Inode}", $"{status.User}", $"{status.Group}",
                Convert.ToString((int)status.Mode, 8),
            },
            Is.EqualTo(said));
        Assert.That(FileStatus.Of(At("none")), Is.Null);
    }

    private static void RequireRefused(string path, string words)
    {
        Assert.That(() => AtomicFile.CheckWritable(path, force: true), Throws.TypeOf<FileException>().With.Message.Contains(words));
        Assert.That(
            () => AtomicFile.Write(path, _ => Assert.Fail("nothing is to be written")),
            Throws.TypeOf<FileException>().With.Message.Contains(words));
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().TrimEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output;
    }
}
