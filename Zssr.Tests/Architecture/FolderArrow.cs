namespace Zssr.Tests.Architecture;

/// <summary>A folder whose code names something that is declared in another folder of the same project.</summary>
/// <param name="From">The folder that uses, relative to the project; a project's own folder has the project's name.</param>
/// <param name="To">The folder that is used.</param>
internal readonly record struct FolderArrow(string From, string To) : IComparable<FolderArrow>
{
    public int CompareTo(FolderArrow other)
    {
        int from = string.CompareOrdinal(From, other.From);
        return from != 0 ? from : string.CompareOrdinal(To, other.To);
    }

    public override string ToString() => $"{From} -> {To}";
}
