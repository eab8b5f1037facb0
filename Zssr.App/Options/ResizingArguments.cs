using System.CommandLine;
using Zssr.App.Images;
using Zssr.Tensors;

namespace Zssr.App.Options;

/// <summary>The options that say how to resize.</summary>
internal sealed class ResizingArguments
{
    private static readonly Dictionary<string, ResizeMethod> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bicubic"] = ResizeMethod.Bicubic,
        ["bilinear"] = ResizeMethod.Bilinear,
        ["box"] = ResizeMethod.Box,
        ["lanczos2"] = ResizeMethod.Lanczos2,
        ["lanczos3"] = ResizeMethod.Lanczos3,
        ["interpolate"] = ResizeMethod.Interpolate,
        ["interpolate-bilinear"] = ResizeMethod.InterpolateBilinear,
    };

    private static readonly Dictionary<string, ResizeBorder> Borders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["symmetric"] = ResizeBorder.Symmetric,
        ["replicate"] = ResizeBorder.Replicate,
    };

    private readonly Option<string> _method = ChoiceOption.Create(
        "--method",
        "bicubic, bilinear, box, lanczos2, lanczos3: MATLAB's imresize, antialiased when shrinking; "
        + "interpolate, interpolate-bilinear: PyTorch's, never antialiased.",
        "bicubic",
        [.. Methods.Keys]);

    private readonly Option<string?> _border = ChoiceOption.CreateOptional(
        "--border",
        "What replaces pixels outside: symmetric, the mirror image (MATLAB's way, the default), or replicate, the edge pixel "
        + "(PyTorch's way, always so with interpolate).",
        [.. Borders.Keys]);

    private readonly Option<bool> _roundPasses = new("--round-passes")
    {
        Description = "Round to 8 bits after the first direction too, as MATLAB does with 8-bit images; by default only at the end.",
    };

    public ResizingArguments(Command command)
    {
        command.Add(_method);
        command.Add(_border);
        command.Add(_roundPasses);
        command.Validators.Add(result =>
        {
            // What is given may be no method or border, and then has no value that could be asked for.
            if (result.GetResult(_border)?.Tokens is [{ Value: var border }] && result.GetResult(_method)?.Tokens is [{ Value: var method }]
                && Borders.GetValueOrDefault(border, ResizeBorder.Replicate) == ResizeBorder.Symmetric
                && new Resizing(Methods.GetValueOrDefault(method)).IsInterpolate)
                result.AddError("--border symmetric does not go with interpolate, which always replicates the edge.");
        });
    }

    /// <summary>What was asked for.</summary>
    public Resizing Of(ParseResult parsed) => new(
        Methods[parsed.GetValue(_method)!], Borders[parsed.GetValue(_border) ?? "symmetric"], parsed.GetValue(_roundPasses));
}
