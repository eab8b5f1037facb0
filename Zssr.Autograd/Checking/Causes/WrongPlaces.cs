using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Where a gradient is wrong, if only in places.</summary>
internal static class WrongPlaces
{
    public static string Describe(double[] a, double[] n, Shape shape)
    {
        double allowed = GradientMatch.Allowed(n);
        int[] wrong = [.. Enumerable.Range(0, a.Length).Where(i => !GradientMatch.IsRight(a[i], n[i], allowed))];
        string share = $"is wrong in {wrong.Length} of {a.Length} elements";
        if (wrong.Length == 0)
            return "is right to the eye: the error is too small to show a pattern";
        var places = new List<string>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int[] indexes = [.. wrong.Select(i => Elements.Index(i, shape)[axis]).Distinct().Order()];
            if (indexes.Length <= shape[axis] / 2)
                places.Add($"index {Range(indexes)} of axis {axis}");
        }

        return places.Count == 0 ? $"{share}, without a simple pattern" : $"{share}, all of them at {string.Join(" and ", places)}";
    }

    private static string Range(int[] indexes) =>
        indexes.Length > 4 ? $"{indexes[0]}…{indexes[^1]}" : string.Join(", ", indexes);
}
