using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.App.Evaluation;

/// <summary>Puts the large and the small images of a set together.</summary>
internal sealed class Pairing
{
    private readonly List<EvaluationImage> _images = [];
    private readonly List<string> _problems = [];

    /// <summary>
    /// Pairs images by name; scales follow from sizes. Without any small image, all large ones stand alone, with scale 0.
    /// </summary>
    public Pairing(IReadOnlyList<(string File, ImageRole Role)> images)
    {
        var larges = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach ((string file, ImageRole role) in images.Where(image => image.Role.Kind == RoleKind.Large))
            Add(larges, role.Keys[0], file);
        foreach ((string key, List<string> files) in larges.Where(large => large.Value.Count > 1))
            _problems.Add($"{string.Join(" and ", files)} are two large images with the same name, {key}. Move one out of the folder.");

        var smalls = new Dictionary<string, List<string>>();
        foreach ((string file, ImageRole role) in images.Where(image => image.Role.Kind == RoleKind.Small))
        {
            if (role.Keys.FirstOrDefault(larges.ContainsKey) is { } key)
                Add(smalls, key, file);
            else
                _problems.Add($"{file} has no large image: one with the name {role.Keys[^1]}, in a folder HR or ending in _HR, is needed.");
        }

        bool standAlone = !images.Any(image => image.Role.Kind == RoleKind.Small);
        foreach ((string key, List<string> files) in larges.Where(large => large.Value.Count == 1))
        {
            if (standAlone)
                _images.Add(new EvaluationImage(key, files[0], null, 0));
            else if (smalls.TryGetValue(key, out List<string>? partners))
                Match(key, files[0], partners);
            else
                _problems.Add($"{files[0]} has no small image: one with the name {key}, in a folder LR or ending in _LR, is needed.");
        }
    }

    /// <summary>The pairs, by name.</summary>
    public IReadOnlyList<EvaluationImage> Images => _images;

    /// <summary>Images without a partner, and partners that do not fit, a line for each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>
    /// The whole scale s by which a small side became a large one, of which the last rows may be missing: h · s ≤ H &lt; (h + 1) · s, and
    /// the same for columns; 0 where there is none from 2 to 8.
    /// </summary>
    public static int ScaleBetween((int Height, int Width) small, (int Height, int Width) large)
    {
        int scale = Math.Min(large.Height / small.Height, large.Width / small.Width);
        bool fits = scale is >= 2 and <= EvaluationSet.LargestScale
            && large.Height < (small.Height + 1) * scale && large.Width < (small.Width + 1) * scale;
        return fits ? scale : 0;
    }

    private void Match(string key, string large, List<string> smalls)
    {
        try
        {
            (int Height, int Width) size = ImageFile.ReadSize(large);
            foreach (IGrouping<int, string> group in smalls.GroupBy(small => ScaleBetween(ImageFile.ReadSize(small), size)))
            {
                string files = string.Join(" and ", group);
                if (group.Key == 0)
                {
                    _problems.Add(
                        $"{files}: no whole scale from 2 to {EvaluationSet.LargestScale} leads to {large}, {size.Width} x {size.Height}.");
                }
                else if (group.Count() > 1)
                    _problems.Add($"{files} are two small images of scale {group.Key} for {large}. Move one out of the folder.");
                else
                    _images.Add(new EvaluationImage(key, large, group.Single(), group.Key));
            }
        }
        catch (FileException failure)
        {
            _problems.Add(failure.Message);
        }
    }

    private static void Add(IDictionary<string, List<string>> lists, string key, string file)
    {
        if (!lists.TryGetValue(key, out List<string>? list))
            lists[key] = list = [];
        list.Add(file);
    }
}
