using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the ops that move elements: turns, mirror images, windows, slices, concatenation, reshape, and the median.</summary>
internal static class MovementCases
{
    private static readonly Shape[] Images = [[1, 1, 1, 1], [2, 3, 5, 3], [1, 4, 1, 2]];

    public static IEnumerable<OpCase> All() => Orientations().Concat(Windows()).Concat(Concatenations()).Concat(Medians());

    private static IEnumerable<OpCase> Orientations()
    {
        foreach (Shape shape in Images)
        {
            HostArray x = CaseInputs.Arbitrary(shape, 41);
            int height = shape[1], width = shape[2];
            // Counter-clockwise: the right column becomes the top row.
            yield return new OpCase("rot90", $"1 turn, {shape}", [x], v => Rotate90Function.Apply(v[0], 1), h => Image(h[0], width, height, (i, j) => (j, width - 1 - i)));
            yield return new OpCase("rot90", $"2 turns, {shape}", [x], v => Rotate90Function.Apply(v[0], 2), h => Image(h[0], height, width, (i, j) => (height - 1 - i, width - 1 - j)));
            yield return new OpCase("rot90", $"-1 turn, {shape}", [x], v => Rotate90Function.Apply(v[0], -1), h => Image(h[0], width, height, (i, j) => (height - 1 - j, i)));
            yield return new OpCase("flip", $"horizontal, {shape}", [x], v => FlipHorizontalFunction.Apply(v[0]), h => Image(h[0], height, width, (i, j) => (i, width - 1 - j)));
            yield return new OpCase("flip", $"vertical, {shape}", [x], v => FlipVerticalFunction.Apply(v[0]), h => Image(h[0], height, width, (i, j) => (height - 1 - i, j)));
        }
    }

    private static IEnumerable<OpCase> Windows()
    {
        HostArray x = CaseInputs.Arbitrary([2, 4, 5, 3], 42);
        yield return new OpCase("crop", "", [x], v => CropFunction.Apply(v[0], 1, 2, 3, 2), h => Image(h[0], 3, 2, (i, j) => (i + 1, j + 2)));
        yield return new OpCase("crop", "all of it", [x], v => CropFunction.Apply(v[0], 0, 0, 4, 5), h => h[0]);
        yield return new OpCase("zero pad", "", [x], v => ZeroPadFunction.Apply(v[0], 1, 2, 0, 3), h => Image(h[0], 7, 8, (i, j) => (i - 1, j)));
        yield return new OpCase("mirror pad", "symmetric", [x], v => ResizeFunction.MirrorPad(v[0], 1, 2, 6, 0), h => Image(h[0], 7, 11, (i, j) => (Symmetric(i - 1, 4), Symmetric(j - 6, 5))));
        yield return new OpCase(
            "mirror pad", "reflect", [x], v => ResizeFunction.MirrorPad(v[0], 3, 0, 1, 2, MirrorMode.Reflect), h => Image(h[0], 7, 8, (i, j) => (Reflect(i - 3, 4), Reflect(j - 1, 5))));
        yield return new OpCase("slice", "first axis", [x], v => SliceFunction.Apply(v[0], 0, 1, 1), h => new HostArray([1, 4, 5, 3], h[0].Data[60..]));
        yield return new OpCase(
            "slice", "channels", [x], v => SliceFunction.Apply(v[0], 3, 1, 2), h => new HostArray([2, 4, 5, 2], [.. h[0].Data.Where((_, i) => i % 3 != 0)]));
        yield return new OpCase(
            "embed", "channels", [x], v => EmbedFunction.Apply(v[0], 3, 1, 5),
            h => new HostArray([2, 4, 5, 5], [.. Enumerable.Range(0, 200).Select(i => i % 5 is 0 or 4 ? 0 : h[0].Data[i / 5 * 3 + i % 5 - 1])]));
        yield return new OpCase("reshape", "", [x], v => ReshapeFunction.Apply(v[0], [8, 15]), h => new HostArray([8, 15], h[0].Data));
        yield return new OpCase(
            "reshape", "a view is an input", [x], v => ReluFunction.Apply(ReshapeFunction.Apply(v[0], [120])), h => new HostArray([120], [.. h[0].Data.Select(value => Math.Max(value, 0))]));
    }

    private static IEnumerable<OpCase> Concatenations()
    {
        HostArray x = CaseInputs.Arbitrary([2, 2, 1, 3], 43), y = CaseInputs.Arbitrary([2, 2, 1, 1], 44), z = CaseInputs.Arbitrary([1, 2, 1, 3], 45);
        yield return new OpCase(
            "concatenate", "channels", [x, y], v => ConcatenateChannelsFunction.Apply(v[0], v[1], v[0]),
            h => new HostArray([2, 2, 1, 7], [.. Enumerable.Range(0, 4).SelectMany(p => h[0].Data[(p * 3)..(p * 3 + 3)].Append(h[1].Data[p]).Concat(h[0].Data[(p * 3)..(p * 3 + 3)]))]));
        yield return new OpCase("concatenate", "batch", [x, z], v => ConcatenateBatchFunction.Apply(v[0], v[1]), h => new HostArray([3, 2, 1, 3], [.. h[0].Data, .. h[1].Data]));
    }

    private static IEnumerable<OpCase> Medians()
    {
        foreach (int n in new[] { 1, 2, 5, 8, 12 })
        {
            HostArray stack = CaseInputs.Distinct([n, 2, 3], 46);
            yield return new OpCase("median", $"lower middle of {n}", [stack], v => MedianFunction.Apply(v[0], MedianKind.LowerMiddle), h => Median(h[0], (s, m) => s[(m - 1) / 2]));
            yield return new OpCase(
                "median", $"mean of middle of {n}", [stack], v => MedianFunction.Apply(v[0], MedianKind.MeanOfMiddle), h => Median(h[0], (s, m) => (s[(m - 1) / 2] + s[m / 2]) / 2));
        }

        yield return new OpCase(
            "median", "NaN and ties", [new([4, 2], [1, double.NaN, 2, 5, 2, 6, 2, 7])], v => MedianFunction.Apply(v[0], MedianKind.LowerMiddle),
            _ => new HostArray([2], [2, double.NaN])).WithoutGradientCheck();
    }

    /// <summary>An image whose pixel (i, j) is the source's pixel at a place that a function gives; 0 outside the source.</summary>
    private static HostArray Image(HostArray x, int height, int width, Func<int, int, (int Row, int Column)> source)
    {
        var y = HostArray.Zeros([x.Shape[0], height, width, x.Shape[3]]);
        for (int n = 0; n < y.Shape[0]; n++)
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                    for (int c = 0; c < y.Shape[3]; c++)
                    {
                        (int row, int column) = source(i, j);
                        if (row >= 0 && row < x.Shape[1] && column >= 0 && column < x.Shape[2])
                            y[n, i, j, c] = x[n, row, column, c];
                    }

        return y;
    }

    private static int Symmetric(int i, int n)
    {
        while (i < 0 || i >= n)
            i = i < 0 ? -1 - i : 2 * n - 1 - i;
        return i;
    }

    private static int Reflect(int i, int n)
    {
        while (i < 0 || i >= n)
            i = i < 0 ? -i : 2 * n - 2 - i;
        return i;
    }

    private static HostArray Median(HostArray stack, Func<double[], int, double> middle)
    {
        int n = stack.Shape[0], size = stack.Data.Length / n;
        return new HostArray(
            [.. stack.Shape.Sizes[1..]],
            [.. Enumerable.Range(0, size).Select(i => middle([.. Enumerable.Range(0, n).Select(k => stack.Data[k * size + i]).Order()], n))]);
    }
}
