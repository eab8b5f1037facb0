using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Tracing;

/// <summary>A tensor in four numbers.</summary>
public sealed class TensorStatisticsTests
{
    [Test]
    public void The_four_numbers_are_those_of_the_elements()
    {
        using Tensor tensor = Tensor.From(SmallRuns.Cpu, [2, 2], [3f, -4f, 0f, 12f]);
        Assert.That(TensorStatistics.Of(tensor), Is.EqualTo(new TensorStatistics(-4, 12, 2.75, 13)));
    }

    [Test]
    public void One_element_that_is_not_a_number_shows_in_all_of_them()
    {
        using Tensor tensor = Tensor.From(SmallRuns.Cpu, [3], [1f, float.NaN, 2f]);
        Assert.That(TensorStatistics.Of(tensor), Is.EqualTo(new TensorStatistics(double.NaN, double.NaN, double.NaN, double.NaN)));
    }

    [Test]
    public void An_infinite_element_does_too()
    {
        using Tensor tensor = Tensor.From(SmallRuns.Cpu, [2], [1f, float.PositiveInfinity]);
        Assert.That(
            TensorStatistics.Of(tensor),
            Is.EqualTo(new TensorStatistics(1, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)));
    }

    [Test]
    public void An_empty_tensor_has_no_numbers()
    {
        using Tensor tensor = Tensor.Zeros(SmallRuns.Cpu, [0, 3]);
        TensorStatistics statistics = TensorStatistics.Of(tensor);
        Assert.That(new[] { statistics.Least, statistics.Largest, statistics.Mean, statistics.Norm }, Is.All.NaN);
    }
}
