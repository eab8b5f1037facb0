using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the ops that move elements: turns, mirror images, windows, slices, concatenation, reshape, and the median.</summary>
internal static class MovementCases
{
    private static readonly Shape[] Images = [[1, 1, 1, 1], [2, 3, 5, 3], [1, 4, 1, 2]];

    public static IEnumerable<OpCase> All() =>
        Orientations().Concat(Windows()).Concat(Stretches()).Concat(SubPixels()).Concat(Concatenations()).Concat(Medians());

    private static IEnumerable<OpCase> Orientations()
    {
        foreach (Shape shape in Images)
        {
            HostArray x = CaseInputs.Arbitrary(shape, 41);
            int height = shape[1], width = shape[2], bottom = height - 1, right = width - 1;
            // Counter-clockwise: the right column becomes the top row.
            yield return OpCase.Of(
                "rot90", $"1 turn, {shape}", x,
                v => Rotate90Function.Apply(v, 1), h => Image(h, width, height, (i, j) => (j, right - i)));
            yield return OpCase.Of(
                "rot90", $"2 turns, {shape}", x,
                v => Rotate90Function.Apply(v, 2), h => Image(h, height, width, (i, j) => (bottom - i, right - j)));
            yield return OpCase.Of(
                "rot90", $"-1 turn, {shape}", x,
                v => Rotate90Function.Apply(v, -1), h => Image(h, width, height, (i, j) => (bottom - j, i)));
            yield return OpCase.Of(
                "flip", $"horizontal, {shape}", x,
                FlipHorizontalFunction.Apply, h => Image(h, height, width, (i, j) => (i, right - j)));
            yield return OpCase.Of(
                "flip", $"vertical, {shape}", x,
                FlipVerticalFunction.Apply, h => Image(h, height, width, (i, j) => (bottom - i, j)));
        }
    }

    private static IEnumerable<OpCase> Windows()
    {
        HostArray x = CaseInputs.Arbitrary([2, 4, 5, 3], 42);
        yield return OpCase.Of("crop", "", x, v => CropFunction.Apply(v, 1, 2, 3, 2), h => Image(h, 3, 2, (i, j) => (i + 1, j + 2)));
        yield return OpCase.Of("crop", "all of it", x, v => CropFunction.Apply(v, 0, 0, 4, 5), h => h);
        yield return OpCase.Of("zero pad", "", x, v => ZeroPadFunction.Apply(v, 1, 2, 0, 3), h => Image(h, 7, 8, (i, j) => (i - 1, j)));
        yield return OpCase.Of(
            "mirror pad", "symmetric", x,
            v => ResizeFunction.MirrorPad(v, 1, 2, 6, 0),
            h => Image(h, 7, 11, (i, j) => (Symmetric(i - 1, 4), Symmetric(j - 6, 5))));
        yield return OpCase.Of(
            "mirror pad", "reflect", x,
            v => ResizeFunction.MirrorPad(v, 3, 0, 1, 2, MirrorMode.Reflect),
            h => Image(h, 7, 8, (i, j) => (Reflect(i - 3, 4), Reflect(j - 1, 5))));
    }

    private static IEnumerable<OpCase> Stretches()
    {
        HostArray x = CaseInputs.Arbitrary([2, 4, 5, 3], 42);
        yield return OpCase.Of(
            "slice", "first axis", x, v => SliceFunction.Apply(v, 0, 1, 1), h => new HostArray([1, 4, 5, 3], h.Data[60..]));
        yield return OpCase.Of(
            "slice", "channels", x,
            v => SliceFunction.Apply(v, 3, 1, 2), h => new HostArray([2, 4, 5, 2], [.. h.Data.Where((_, i) => i % 3 != 0)]));
        yield return OpCase.Of("embed", "channels", x, v => EmbedFunction.Apply(v, 3, 1, 5), h => Pixels(h, 5, (p, _) => [0, .. p, 0]));
        yield return OpCase.Of("reshape", "", x, v => ReshapeFunction.Apply(v, [8, 15]), h => new HostArray([8, 15], h.Data));
        yield return OpCase.Of(
            "reshape", "a view is an input", x,
            v => ReluFunction.Apply(ReshapeFunction.Apply(v, [120])),
            h => new HostArray([120], h.Map(value => Math.Max(value, 0)).Data));
    }

    private static IEnumerable<OpCase> SubPixels()
    {
        foreach ((int rows, int columns) in new[] { (2, 2), (3, 1), (1, 2), (2, 3) })
        {
            HostArray deep = CaseInputs.Arbitrary([2, 3, 2, rows * columns * 3], 47);
            HostArray wide = CaseInputs.Arbitrary([2, rows * 2, columns * 3, 2], 48);
            yield return OpCase.Of(
                "depth to space", $"{rows} x {columns}", deep,
                v => DepthToSpaceFunction.Apply(v, rows, columns),
                h => Elements([2, rows * 3, columns * 2, 3], (n, i, j, c) =>
                    h[n, i / rows, j / columns, (((i % rows * columns) + (j % columns)) * 3) + c]));
            yield return OpCase.Of(
                "space to depth", $"{rows} x {columns}", wide,
                v => SpaceToDepthFunction.Apply(v, rows, columns),
                h => Elements([2, 2, 3, rows * columns * 2], (n, i, j, d) =>
                    h[n, (i * rows) + (d / 2 / columns), (j * columns) + (d / 2 % columns), d % 2]));
        }
    }

    private static IEnumerable<OpCase> Concatenations()
    {
        HostArray x = CaseInputs.Arbitrary([2, 2, 1, 3], 43), y = CaseInputs.Arbitrary([2, 2, 1, 1], 44);
        yield return OpCase.Of(
            "concatenate", "channels", x, y,
            (x, y) => ConcatenateChannelsFunction.Apply(x, y, x),
            (x, y) => Pixels(x, 7, (p, i) => [.. p, y.Data[i], .. p]));
        HostArray z = CaseInputs.Arbitrary([1, 2, 1, 3], 45);
        yield return OpCase.Of(
            "concatenate", "batch", x, z,
            (x, z) => ConcatenateBatchFunction.Apply(x, z), (x, z) => new HostArray([3, 2, 1, 3], [.. x.Data, .. z.Data]));
    }

    private static IEnumerable<OpCase> Medians()
    {
        foreach (int n in new[] { 1, 2, 5, 8, 12 })
        {
            HostArray stack = CaseInputs.Distinct([n, 2, 3], 46);
            yield return OpCase.Of(
                "median", $"lower middle of {n}", stack,
                v => MedianFunction.Apply(v, MedianKind.LowerMiddle), h => Median(h, s => s[(n - 1) / 2]));
            yield return OpCase.Of(
                "median", $"mean of middle of {n}", stack,
                v => MedianFunction.Apply(v, MedianKind.MeanOfMiddle), h => Median(h, s => (s[(n - 1) / 2] + s[n / 2]) / 2));
        }

        HostArray withNaN = new([4, 2], [1, double.NaN, 2, 5, 2, 6, 2, 7]);
        yield return OpCase.Of(
            "median", "NaN and ties", withNaN,
            v => MedianFunction.Apply(v, MedianKind.LowerMiddle), _ => new HostArray([2], [2, double.NaN])).WithoutGradientCheck();
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

    /// <summary>Images [N, H, W, C], element by element.</summary>
    private static HostArray Elements(Shape shape, Func<int, int, int, int, double> element)
    {
        var y = HostArray.Zeros(shape);
        for (int n = 0; n < shape[0]; n++)
            for (int i = 0; i < shape[1]; i++)
                for (int j = 0; j < shape[2]; j++)
                    for (int c = 0; c < shape[3]; c++)
                        y[n, i, j, c] = element(n, i, j, c);
        return y;
    }

    /// <summary>Images whose pixels, a number of channels each, a function makes from the source's pixels and their indices.</summary>
    private static HostArray Pixels(HostArray x, int channels, Func<double[], int, double[]> pixel) => new(
        [x.Shape[0], x.Shape[1], x.Shape[2], channels],
        [.. x.Data.Chunk(x.Shape[3]).SelectMany(pixel)]);

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

    /// <summary>For each place of a stack [n, …], what a function finds in the n elements there, in ascending order.</summary>
    private static HostArray Median(HostArray stack, Func<double[], double> middle)
    {
        int n = stack.Shape[0], size = stack.Data.Length / n;
        double[] Sorted(int place) => [.. Enumerable.Range(0, n).Select(k => stack.Data[k * size + place]).Order()];
        return new HostArray([.. stack.Shape.Sizes[1..]], [.. Enumerable.Range(0, size).Select(place => middle(Sorted(place)))]);
    }
}
