namespace Zssr.Tests.Golden;

/// <summary>The reader that all golden tests stand on, checked against facts known from elsewhere.</summary>
public sealed class GoldenFileTests
{
    public static IEnumerable<string> AllFiles() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.safetensors").Select(path => Path.GetFileName(path));

    [TestCaseSource(nameof(AllFiles))]
    public void Every_array_of_every_file_has_as_many_finite_elements_as_its_shape_says(string name)
    {
        var file = GoldenFile.Open(name);

        Assert.That(file.Names, Is.Not.Empty);
        foreach (string array in file.Names)
        {
            double[] elements = file.Doubles(array);
            Assert.That(elements, Has.Length.EqualTo(file.Shape(array).Aggregate(1, (product, size) => product * size)), array);
            Assert.That(elements.All(double.IsFinite), Is.True, array);
        }
    }

    [Test]
    public void A_float64_array_is_read_in_row_major_order_from_its_own_place_in_the_file()
    {
        // The file says that mean_of_middle is the mean of the 6th and 7th smallest of the 12 planes of stack.
        var file = GoldenFile.Open("median");
        double[] stack = file.Doubles("stack");
        double[] meanOfMiddle = file.Doubles("mean_of_middle");
        for (int pixel = 0; pixel < meanOfMiddle.Length; pixel++)
        {
            double[] sorted = [.. Enumerable.Range(0, 12).Select(plane => stack[plane * meanOfMiddle.Length + pixel]).Order()];
            Assert.That((sorted[5] + sorted[6]) / 2, Is.EqualTo(meanOfMiddle[pixel]).Within(1e-12));
        }
    }

    [Test]
    public void A_float32_array_is_widened_without_change()
    {
        // The L1 loss of the first step, which the file gives in float64, from its float32 output and target.
        var file = GoldenFile.Open("train_article_full_f32");
        double[] output = file.Doubles("output_0");
        double[] target = file.Doubles("target");

        double loss = output.Zip(target, (y, t) => Math.Abs(y - t)).Average();

        Assert.That(loss, Is.EqualTo(file.Doubles("losses")[0]).Within(1e-5 * loss));
    }

    [Test]
    public void A_scalar_has_the_empty_shape_and_one_element()
    {
        var file = GoldenFile.Open("losses");

        Assert.That(file.Shape("l1"), Is.Empty);
        Assert.That(file.Doubles("l1"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Metadata_is_text_and_not_an_array()
    {
        var file = GoldenFile.Open("imresize");

        Assert.That(file.Metadata["layout"], Is.EqualTo("H,W,C"));
        Assert.That(file.Contains("__metadata__"), Is.False);
    }

    [Test]
    public void A_missing_array_is_reported_with_the_names_that_exist() =>
        Assert.That(
            () => GoldenFile.Open("losses").Doubles("l2"),
            Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("l2").And.Message.Contains("mse_grad"));
}
