using Zssr.App.Evaluation;
using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.Tests.App.Evaluation;

/// <summary>Which images of a folder are measured, and why others are not.</summary>
public sealed class EvaluationSetTests : FolderFixture
{
    [TestCase(12, 16, 24, 32, 2)]
    [TestCase(12, 16, 25, 33, 2)] // what is left of a row does not count
    [TestCase(12, 16, 26, 32, 0)] // but a whole row does
    [TestCase(12, 16, 23, 32, 0)]
    [TestCase(12, 16, 24, 48, 0)]
    [TestCase(5, 5, 40, 47, 8)]
    [TestCase(5, 5, 45, 45, 0)]
    [TestCase(5, 5, 5, 5, 0)]
    public void Sizes_say_the_scale(int height, int width, int largeHeight, int largeWidth, int scale) =>
        Assert.That(Pairing.ScaleBetween((height, width), (largeHeight, largeWidth)), Is.EqualTo(scale));

    [Test]
    public void Small_images_are_paired_with_the_large_ones_of_their_names_by_scale_then_name()
    {
        Make("HR/b.png", 24, 24);
        Make("HR/a.png", 25, 24);
        Make("LR_bicubic/X3/ax3.png", 8, 8);
        Make("LR_bicubic/X2/bx2.png", 12, 12);
        Make("LR_bicubic/X2/ax2.png", 12, 12);
        EvaluationSet set = Find(2, 3);
        Assert.That(set.Images.Select(image => (image.Name, Relative(image.Large), Relative(image.Small), image.Scale)), Is.EqualTo(new[]
        {
            ("a", "HR/a.png", "LR_bicubic/X2/ax2.png", 2),
            ("b", "HR/b.png", "LR_bicubic/X2/bx2.png", 2),
            ("a", "HR/a.png", "LR_bicubic/X3/ax3.png", 3),
        }));
        Assert.That(set.Problems.Concat(set.Notes), Is.Empty);
        Assert.That(Find(3).Images.Select(image => image.Name), Is.EqualTo(new[] { "a" }), "other scales are left out");
    }

    [Test]
    public void Large_images_alone_are_taken_at_every_scale()
    {
        Make("a.png", 24, 24);
        Make("deep/b.png", 24, 24);
        EvaluationSet set = Find(2, 4);
        Assert.That(set.Images.Select(image => (image.Name, image.Small, image.Scale)), Is.EqualTo(new[]
        {
            ("a", (string?)null, 2), ("b", null, 2), ("a", null, 4), ("b", null, 4),
        }));
    }

    [Test]
    public void A_name_beside_its_ground_truth_is_small_and_other_images_are_left_out_with_a_note()
    {
        Make("a.png", 8, 8);
        Make("a_gt.png", 16, 16);
        Make("charlie.png", 8, 8);
        EvaluationSet set = Find(2);
        Assert.That((Relative(set.Images.Single().Large), Relative(set.Images.Single().Small)), Is.EqualTo(("a_gt.png", "a.png")));
        Assert.That(set.Notes.Single(), Does.Contain("charlie.png is skipped"));
    }

    [Test]
    public void Equal_names_in_two_sets_stay_apart()
    {
        Make("x/HR/a.png", 16, 16);
        Make("x/LR/a.png", 8, 8);
        Make("y/HR/a.png", 16, 16);
        Make("y/LR/a.png", 8, 8);
        Assert.That(Find(2).Images.Select(image => (image.Name, Relative(image.Small))), Is.EqualTo(new[]
        {
            ("x/a", "x/LR/a.png"), ("y/a", "y/LR/a.png"),
        }));
    }

    [Test]
    public void What_has_no_partner_or_an_unfit_one_is_a_problem_and_the_rest_is_found()
    {
        Make("good_HR.png", 16, 16);
        Make("good_LR.png", 8, 8);
        Make("alone_HR.png", 16, 16);
        Make("lost_LR.png", 8, 8);
        Make("unfit_HR.png", 18, 18);
        Make("unfit_LR.png", 8, 8);
        Make("two_HR.png", 16, 16);
        Make("LR/two.png", 8, 8);
        Make("two_LR.png", 8, 8);
        Make("twice_HR.png", 16, 16);
        Make("twice_HR.bmp", 16, 16);
        Make("broken_HR.png", 16, 16);
        File.WriteAllText(At("broken_LR.png"), "no image");
        EvaluationSet set = Find(2);
        Assert.That(set.Images.Select(image => image.Name), Is.EqualTo(new[] { "good" }));
        string[] expected =
        [
            "alone_HR.png has no small image", "lost_LR.png has no large image", "leads to", "two small images", "two large images",
            "broken_LR.png is not an image",
        ];
        foreach (string part in expected)
            Assert.That(set.Problems.Count(problem => problem.Contains(part, StringComparison.Ordinal)), Is.EqualTo(1), part);
        Assert.That(set.Problems, Has.Count.EqualTo(expected.Length));
    }

    [Test]
    public void A_folder_with_nothing_for_a_scale_is_refused()
    {
        Assert.That(() => EvaluationSet.Find(At("none"), [2]), Throws.TypeOf<FileException>().With.Message.Contains("no folder"));
        Assert.That(() => Find(2), Throws.TypeOf<FileException>().With.Message.Contains("no image"));
        Make("a_HR.png", 16, 16);
        Make("a_LR.png", 8, 8);
        Assert.That(() => Find(2, 3), Throws.TypeOf<FileException>().With.Message.Contains("no pair of images for scale 3"));
    }

    private EvaluationSet Find(params int[] scales) => EvaluationSet.Find(At(""), scales);

    private string? Relative(string? path) =>
        path is null ? null : Path.GetRelativePath(At(""), path).Replace(Path.DirectorySeparatorChar, '/');

    private void Make(string name, int height, int width)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageFile.Write(path, new Picture(height, width, 1, new float[height * width]));
    }
}
