namespace Zssr.App.KernelPages;

/// <summary>How far apart two words are (Levenshtein): the fewest characters to insert, to remove or to change.</summary>
internal static class EditDistance
{
    public static int Between(string a, string b)
    {
        // row[j] is the distance of the part of a seen so far from the first j characters of b.
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
