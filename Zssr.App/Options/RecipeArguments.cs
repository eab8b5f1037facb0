using System.CommandLine;
using Zssr.App.Errors;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>How a start is learned: from which pictures, shrunk how, and with which settings.</summary>
internal sealed class RecipeArguments
{
    private readonly Option<string?> _pictures = new("--pictures")
    {
        HelpName = "FOLDER",
        Description = "Learn from the colour pictures in this folder and all its subfolders, instead of drawn ones.",
    };

    private readonly Option<bool> _drawnBesides = new("--drawn-besides")
    {
        Description = "With --pictures: take half of the crops from drawn pictures all the same.",
    };

    private readonly Option<string> _kernels = ChoiceOption.Create(
        "--kernels", "How pictures are shrunk: bicubic, or a mixture of it and Gaussian blurs.", "bicubic", "bicubic", "mixture");

    private readonly Option<bool> _meta = new("--meta")
    {
        Description = "Learn weights from which a few plain gradient steps lead far (MAML), instead of weights that are good as they are. "
            + "Slow; there are no checkpoints.",
    };

    private readonly Option<int> _innerSteps = NumberOption.Create("--inner-steps", "For --meta: how many steps.", 1, 20, 5);
    private readonly Option<double> _innerRate = NumberOption.Create("--inner-rate", "For --meta: their learning rate.", 1e-9, 10, 0.01);
    private readonly SettingOptions _settings;

    public RecipeArguments(Command command)
    {
        foreach (Option option in new Option[] { _pictures, _drawnBesides, _kernels, _meta, _innerSteps, _innerRate })
            command.Add(option);
        _settings = new SettingOptions(command, SettingTable.Learned, StartRecipe.DefaultSettings);
    }

    /// <summary>The folder of the user's own pictures, or null.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(_pictures);

    /// <summary>The recipe.</summary>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    /// <exception cref="SettingsException">A value is not possible.</exception>
    public StartRecipe Read(ParseResult parsed)
    {
        bool isMeta = parsed.GetValue(_meta), isDrawnBesides = parsed.GetValue(_drawnBesides);
        if (Folder(parsed) is null && isDrawnBesides)
            throw new UsageException("--drawn-besides needs --pictures; without it all pictures are drawn.");
        ZssrSettings standard = StartRecipe.DefaultSettings;
        if (isMeta)
            standard = standard with { Training = standard.Training with { AverageLast = 0 } };
        return new StartRecipe
        {
            Settings = _settings.Change(standard, parsed),
            Shrinking = parsed.GetValue(_kernels) == "mixture" ? ShrinkingKind.Mixture : ShrinkingKind.Bicubic,
            InnerSteps = isMeta ? parsed.GetValue(_innerSteps) : 0,
            InnerRate = parsed.GetValue(_innerRate),
            DrawnShare = Folder(parsed) is null ? 1 : isDrawnBesides ? 0.5 : 0,
        };
    }
}
