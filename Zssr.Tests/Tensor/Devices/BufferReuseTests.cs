using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>Memory that one tensor has left serves the next.</summary>
[TestFixture]
public sealed class BufferReuseTests
{
    [TestCase(10_000, 10_000, true)]
    [TestCase(10_000, 6_000, true)]
    [TestCase(10_000, 4_000, false)]
    [TestCase(10_000, 12_000, false)]
    public void A_kept_buffer_serves_tensors_from_half_its_size_on(int first, int second, bool isReused)
    {
        using Device device = Device.Open("cpu");
        Tensor.Zeros(device, [first]).Dispose();
        long reserved = device.ReservedBytes;

        using Tensor next = Tensor.Zeros(device, [second]);

        Assert.That(device.ReservedBytes == reserved, Is.EqualTo(isReused));
    }

    [Test]
    public void Tensors_of_many_sizes_need_little_more_than_the_largest()
    {
        using Device device = Device.Open("cpu");
        for (int count = 50_000; count <= 100_000; count += 1_000)
            Tensor.Zeros(device, [150_000 - count]).Dispose();

        Assert.That(device.ReservedBytes, Is.LessThan(2 * 100_000 * sizeof(float)));
    }

    [Test]
    public void A_larger_buffer_than_needed_holds_the_right_elements()
    {
        using Device device = Device.Open("cpu", new DeviceOptions { FillNewBuffersWithNaN = true });
        Tensor.Zeros(device, [100]).Dispose();
        float[] elements = [.. Enumerable.Range(0, 70).Select(i => (float)i)];

        using Tensor tensor = Tensor.From(device, [70], elements);

        Assert.That(tensor.ToArray(), Is.EqualTo(elements));
    }
}
