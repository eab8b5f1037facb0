using Spectre.Console;
using Spectre.Console.Rendering;

namespace Zssr.App.Display;

/// <summary>Draws a task's whole line, and the one below it. Spectre's own columns shrink the bar to nothing beside a long text.</summary>
internal sealed class BarColumn : ProgressColumn
{
    private const string TextKey = "text";

    protected override bool NoWrap => true;

    /// <summary>Gives a task its words.</summary>
    public static void SetText(ProgressTask task, BarText text) => task.State.Update<BarText>(TextKey, _ => text);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        BarText text = task.State.Get<BarText>(TextKey);
        int columns = options.ConsoleSize.Width, cells = BarText.BarWidth(columns);
        double share = Math.Clamp(task.Percentage / 100, 0, 1);
        int done = (int)(cells * share);
        char cell = options.Unicode ? '━' : '#', rest = options.Unicode ? '━' : '-';
        string beside = Markup.Escape(text.Beside(columns, share)), below = Markup.Escape(text.Below(columns));
        return new Markup($"[green]{new string(cell, done)}[/][grey35]{new string(rest, cells - done)}[/]{beside}"
            + (below.Length > 0 ? $"\n{below}" : ""));
    }
}
