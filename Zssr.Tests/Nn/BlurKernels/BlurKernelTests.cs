using System.Text;
using Zssr.Nn;
using Zssr.Tests.Fuzzing;

namespace Zssr.Tests.Nn.BlurKernels;

/// <summary>Kernels from text, from gray values and from the Gaussian's formula.</summary>
public sealed class BlurKernelTests
{
    private static readonly double[,] Quarters = { { 0.25, 0.5 }, { 0, 0.25 } };

    private static double Sum(BlurKernel kernel) => kernel.Numeric.ToArray().Cast<double>().Sum();

    private static void Refused(string text, string message) => Assert.That(
        () => BlurKernel.FromText(text), Throws.TypeOf<BlurKernelException>().With.Message.Contains(message));

    [TestCase("1 2\n0 1")]
    [TestCase("1,2\r\n0,1\r\n")]
    [TestCase("1, 2;\n0, 1;")]
    [TestCase("\t1\t2\n\t0\t1")]
    [TestCase("# a comment\n\n1 2 % the first row\n   \n0 1#the second\n")]
    [TestCase("1e0 +2.0\n-0 10e-1")]
    public void Text_is_read_with_any_separator_and_comments(string text)
    {
        var kernel = BlurKernel.FromText(text);

        Assert.That(kernel.Numeric.ToArray(), Is.EqualTo(Quarters));
    }

    [TestCase("", "no numbers in its 1 lines")]
    [TestCase("# only\n% comments\n", "no numbers")]
    [TestCase("1 2\n\n3", "line 3 has 1 numbers, the line before 2")]
    [TestCase("1 2\n3 4 5", "line 2 has 3 numbers, the line before 2")]
    [TestCase("1 2\n3 x4", "line 2 has 'x4', which is not a number")]
    [TestCase("1 0x10", "'0x10', which is not a number")]
    [TestCase("# c\n1 NaN", "line 2 has 'NaN', which is not finite")]
    [TestCase("1 -Infinity", "not finite")]
    [TestCase("1 1e999", "line 1 has '1e999', which is not finite")]
    [TestCase("0 0\n0 0", "the weights sum to 0")]
    [TestCase("1 -2", "the weights sum to -1")]
    [TestCase("1e300 -1e300 1e-300", "the weights sum to")]
    [TestCase("1e308 1e308", "so large that the sum is")]
    public void Text_that_is_no_kernel_is_refused_with_its_line(string text, string message) => Refused(text, message);

    [Test]
    public void Text_beyond_the_largest_size_is_refused()
    {
        string row = string.Join(' ', Enumerable.Repeat("1", 255));
        string rows = string.Join('\n', Enumerable.Repeat("1", 255));
        Assert.That(BlurKernel.FromText(row).Width, Is.EqualTo(255));
        Assert.That(BlurKernel.FromText(rows).Height, Is.EqualTo(255));

        Refused(row + " 1", "line 1 has over 255 numbers");
        Refused(rows + "\n1", "line 256 is row 256");
        Refused(new string(' ', (1 << 22) + 1), "more than 4194304 characters");
    }

    [Test]
    public void Any_change_of_a_text_is_read_or_refused_but_never_crashes()
    {
        var random = new Random(3);
        byte[] sound = Encoding.ASCII.GetBytes("# c\n0.25,\t-1e-3; 3\n 4 5 6 % d\n");
        int refused = 0;
        for (int change = 0; change < 5_000; change++)
        {
            string changed = Encoding.Latin1.GetString(Mutation.Of(sound, random));
            try
            {
                BlurKernel.FromText(changed);
            }
            catch (BlurKernelException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"change {change}: {e}\n{changed}");
            }
        }

        Assert.That(refused, Is.InRange(1_000, 4_999));
    }

    [Test]
    public void Gray_values_are_weights_in_any_unit()
    {
        Assert.That(BlurKernel.FromGray(new double[,] { { 64, 128 }, { 0, 64 } }).Numeric.ToArray(), Is.EqualTo(Quarters));
        Assert.That(BlurKernel.FromGray(new[,] { { 0.25, 0.5 }, { 0, 0.25 } }).Numeric.ToArray(), Is.EqualTo(Quarters));
    }

    [Test]
    public void Gray_values_that_are_no_kernel_are_refused()
    {
        static void RefusedGray(double[,] gray, string message) => Assert.That(
            () => BlurKernel.FromGray(gray), Throws.TypeOf<BlurKernelException>().With.Message.Contains(message));

        RefusedGray(new[,] { { 1, -0.1 } }, "has a value of -0.1");
        RefusedGray(new[,] { { 1, double.NaN } }, "not a number");
        RefusedGray(new[,] { { 1, double.PositiveInfinity } }, "infinite");
        RefusedGray(new double[3, 3], "the weights sum to 0");
        RefusedGray(new double[0, 3], "it is 0 × 3");
        RefusedGray(new double[1, 256], "it is 1 × 256");
    }

    [Test]
    public void The_callers_array_is_not_changed()
    {
        double[,] gray = { { 64, 128 } };

        BlurKernel.FromGray(gray);

        Assert.That(gray, Is.EqualTo(new double[,] { { 64, 128 } }));
    }

    [TestCase(0.1, 3)]
    [TestCase(1.0, 7)]
    [TestCase(1.1, 9)]
    [TestCase(42.0, 253)]
    public void A_Gaussian_reaches_three_sigma_to_each_side(double sigma, int size)
    {
        var kernel = BlurKernel.Gaussian(sigma);

        Assert.That((kernel.Height, kernel.Width), Is.EqualTo((size, size)));
        Assert.That(Sum(kernel), Is.EqualTo(1).Within(1e-12));
        Assert.That(kernel.Numeric.CentreOfMass.Row, Is.EqualTo((size - 1) / 2.0).Within(1e-9));
    }

    [Test]
    public void A_Gaussian_has_the_weights_of_fspecial()
    {
        // fspecial('gaussian', 3, 0.5), as MATLAB's manual gives it to four digits.
        double[,] weights = BlurKernel.Gaussian(0.5, 3).Numeric.ToArray();

        Assert.That(weights[0, 0], Is.EqualTo(0.0113).Within(5e-5));
        Assert.That(weights[0, 1], Is.EqualTo(0.0838).Within(5e-5));
        Assert.That(weights[1, 0], Is.EqualTo(0.0838).Within(5e-5));
        Assert.That(weights[1, 1], Is.EqualTo(0.6193).Within(5e-5));
    }

    [Test]
    public void A_Gaussian_of_even_size_has_its_peak_between_the_middle_pixels()
    {
        double[,] weights = BlurKernel.Gaussian(1, 4).Numeric.ToArray();

        Assert.That(weights[1, 1], Is.EqualTo(weights[2, 2]).Within(1e-15).And.GreaterThan(weights[0, 1]));
    }

    [TestCase(0.0, null, "sigma is 0")]
    [TestCase(-1.0, null, "sigma is -1")]
    [TestCase(double.NaN, null, "sigma is NaN")]
    [TestCase(double.PositiveInfinity, null, "sigma is ")]
    [TestCase(43.0, null, "its size is 259; it may be 1 to 255")]
    [TestCase(1e300, null, "it may be 1 to 255")]
    [TestCase(1.0, 0, "its size is 0")]
    [TestCase(1.0, 256, "its size is 256")]
    [TestCase(1e-3, 4, "the weights sum to 0")]
    public void A_Gaussian_that_cannot_be_is_refused(double sigma, int? size, string message) => Assert.That(
        () => BlurKernel.Gaussian(sigma, size), Throws.TypeOf<BlurKernelException>().With.Message.Contains(message));

    [Test]
    public void A_very_narrow_Gaussian_is_a_single_pixel()
    {
        var kernel = BlurKernel.Gaussian(1e-300);

        Assert.That(kernel.Numeric[1, 1], Is.EqualTo(1));
        Assert.That(Sum(kernel), Is.EqualTo(1));
    }
}
