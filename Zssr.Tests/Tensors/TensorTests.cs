using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

public sealed class TensorTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void Elements_come_back_as_they_went_in()
    {
        using Tensor x = Tensor.From(Device, [2, 2], [1f, -2.5f, float.NaN, 3e38f]);
        Assert.That(x.ToArray(), Is.EqualTo(new[] { 1f, -2.5f, float.NaN, 3e38f }));
    }

    [Test]
    public void Full_and_zeros_write_every_element()
    {
        using Tensor x = Tensor.Full(Device, [3, 1001], 2.5);
        using Tensor zeros = Tensor.Zeros(Device, [7]);
        Assert.That(x.ToArray(), Is.All.EqualTo(2.5f));
        Assert.That(zeros.ToArray(), Is.EqualTo(new float[7]));
    }

    [Test]
    public void Relu_keeps_NaN_and_infinity()
    {
        using Tensor x = Tensor.From(Device, [5], [-1f, 0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity]);
        using Tensor y = Elementwise.Relu(x);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 0f, 0f, float.NaN, float.PositiveInfinity, 0f }));
    }

    [Test]
    public void Maximum_gives_NaN_where_either_is_NaN()
    {
        using Tensor x = Tensor.From(Device, [3], [1f, float.NaN, 2f]);
        using Tensor y = Tensor.From(Device, [3], [float.NaN, 1f, 3f]);
        using Tensor z = Elementwise.Maximum(x, y);
        using Tensor t = Elementwise.Tanh(x);
        Assert.That(z.ToArray(), Is.EqualTo(new[] { float.NaN, float.NaN, 3f }));
        Assert.That(t.ToArray()[0], Is.EqualTo(MathF.Tanh(1)).Within(1e-6));
    }
}
