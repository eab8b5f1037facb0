namespace Zssr.Tests.App.Files;

[TestFixture]
public sealed class StandardStreamsTests : UpscaleFixture
{
    [TestCase("presets")]
    [TestCase("sample -o a.png")]
    public void Standard_output_that_is_closed_is_told_so(string command) =>
        Refused(Script($"exec_zssr {command} >&-"), 1, "cannot write to standard output: it is closed");

    [Test]
    public void Standard_error_that_is_closed_is_no_trouble() => Assert.That(Script("exec_zssr sample -o a.png 2>&-").Exit, Is.Zero);
}
