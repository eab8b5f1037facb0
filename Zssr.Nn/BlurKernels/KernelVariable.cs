namespace Zssr.Nn;

/// <summary>Which variable of a MAT-file is the kernel.</summary>
internal static class KernelVariable
{
    /// <summary>The name that kernel files of ZSSR's authors use.</summary>
    private const string UsualName = "Kernel";

    private const int MostShownNames = 20;

    /// <summary>The variable of that name; if null the one named <c>Kernel</c>, or else the only two-dimensional numeric one.</summary>
    public static MatVariable Choose(IReadOnlyList<MatVariable> variables, string? name)
    {
        // A name that comes twice: MATLAB's load keeps the last.
        MatVariable? named = variables.LastOrDefault(variable => variable.Name == (name ?? UsualName));
        if (named is not null)
            return named;
        if (name is not null)
            throw new BlurKernelException($"MAT-file: there is no variable '{name}'. It has {List(variables)}.");

        MatVariable[] matrices = [.. variables.Where(variable => variable.IsNumeric && variable.Sizes.Count == 2)];
        return matrices.Length switch
        {
            1 => matrices[0],
            0 => throw new BlurKernelException(
                $"MAT-file: there is no variable '{UsualName}' and no other numeric matrix. It has {List(variables)}."),
            _ => throw new BlurKernelException(
                $"MAT-file: there is no variable '{UsualName}' and several may be meant. It has {List(variables)}. Name the one to take."),
        };
    }

    private static string List(IReadOnlyList<MatVariable> variables)
    {
        string[] shown = [.. variables.Take(MostShownNames).Select(Describe)];
        return shown.Length == 0 ? "no variables" : string.Join(", ", shown) + (variables.Count > shown.Length ? ", …" : "");
    }

    private static string Describe(MatVariable variable) =>
        $"'{variable.Name}' ({string.Join(" × ", variable.Sizes)} {variable.Class.ToString().ToLowerInvariant()})";
}
