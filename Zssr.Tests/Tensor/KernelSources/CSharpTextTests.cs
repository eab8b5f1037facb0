using Zssr.Tensors.KernelSources;

namespace Zssr.Tests.Tensors.KernelSources;

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

    [TestCase("HEAD(int a) { if (a) { } }")]
    [TestCase("// why {\n    [Attribute]\n    HEAD(string s = \"}\") { s = \"}\"; }")]
    [TestCase("/// <summary>}</summary>\n    HEAD(int[] a) => a[0] switch { 1 => new() { A = 1 }, _ => null };")]
    [TestCase("HEAD(int A, int B);")]
    public void A_member_begins_with_its_comments_and_ends_with_its_body(string member)
    {
        foreach (string before in new[] { "class C\n{\n", "    int x; // of another\n\n", "    void F() { }\n" })
        {
            string whole = before + "    " + member;
            var text = new CSharpText(whole + "\n\n    void G() { }\n}\n");
            int head = text.Code.IndexOf("HEAD", StringComparison.Ordinal);
            Assert.That((text.StartOfMember(head), text.EndOfMember(head)), Is.EqualTo((before.Length, whole.Length)), before);
        }
    }

    [Test]
    public void A_member_on_the_line_of_another_begins_behind_it()
    {
        var text = new CSharpText("class C { int x; int y; }");
        Assert.That(text.Text[text.StartOfMember(17)..text.EndOfMember(17)], Is.EqualTo(" int y;"));
    }
}
