using Zssr.Tensors.Inspection;

namespace Zssr.Tests.Inspection;

public class CSharpTextTests
{
    [TestCase("a // } \" '\nb", "a         \nb")]
    [TestCase("a /* } \" */ b", "a           b")]
    [TestCase("a '\"' b '\\'' c '}'", "a     b      c    ")]
    [TestCase("f(\"}\\\"{\") + g", "f(      ) + g")]
    [TestCase("f(@\"}\"\"\\\") + g", "f(       ) + g")]
    [TestCase("f($\"{{ {g(\"}\")} }\") + h", "f(                ) + h")]
    [TestCase("f(\"\"\"a \" } b\"\"\") + g", "f(             ) + g")]
    [TestCase("f($$\"\"\"\"x \"\"\" {{y}} }\"\"\"\") + g", "f(                       ) + g")]
    [TestCase("/// <c>{</c>\nvoid f() { }", "            \nvoid f() { }")]
    public void Comments_and_literals_are_blank_and_code_is_not(string text, string code) =>
        Assert.That(new CSharpText(text).Code, Is.EqualTo(code));

    [TestCase("f(\"never closed")]
    [TestCase("/* never closed")]
    [TestCase("f(\"\"\"never closed")]
    [TestCase("f($\"{never closed")]
    [TestCase("'")]
    [TestCase("$@")]
    public void What_never_ends_ends_with_the_text(string text) =>
        Assert.That(new CSharpText(text).Code, Has.Length.EqualTo(text.Length));
}
