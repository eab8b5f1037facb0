namespace Zssr.Tests.App.Options;

/// <summary>Names that are not UTF-8 would become other names on their way into the program: they are refused.</summary>
[TestFixture]
public sealed class GarbledNamesTests : UpscaleFixture
{
    [TestCase("sample -o $'b\\xff.png'")]
    [TestCase("resize a.png -s 2 -o=$'b\\xff.png'")]
    [TestCase("resize $'in\\xff.png' -s 2 -o c.png")]
    public void One_on_the_command_line_is_refused_and_nothing_is_written_under_another(string command)
    {
        MakeImage("a.png");
        ProcessResult result = Script($"cp a.png $'in\\xff.png'; zssr {command}; exit=$?; rm $'in\\xff.png'; exit $exit");
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain("not UTF-8").And.Not.Contain("unexpected"));
        Assert.That(Everything, Is.EqualTo(new[] { "a.png" }));
    }

    [Test]
    public void One_in_a_folder_is_named_and_the_others_are_read()
    {
        MakeImage("in/a.png");
        ProcessResult result = Script(
            $"cp in/a.png $'in/\\xff.png'; zssr upscale in -o out {string.Join(' ', Tiny)} --iterations 5; exit=$?; rm $'in/\\xff.png'; "
            + "exit $exit");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("not UTF-8"));
        Assert.That(Directory.GetFiles(At("out")), Is.EqualTo(new[] { At("out/a.png") }));
    }
}
