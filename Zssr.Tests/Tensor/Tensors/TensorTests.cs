using ILGPU.Runtime.OpenCL;
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
    public void Reshape_shares_memory_which_lives_as_long_as_either()
    {
        int before = Device.LiveBuffers;
        Tensor x = Tensor.From(Device, [2, 3], [1f, 2, 3, 4, 5, 6]);
        using Tensor y = x.Reshape([3, 2]);
        Assert.That(Device.LiveBuffers, Is.EqualTo(before + 1));
        x.Dispose();
        Assert.That(y.ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(y.Shape.Sizes.ToArray(), Is.EqualTo(new[] { 3, 2 }));
    }

    [Test]
    public void Empty_tensors_and_scalars_work()
    {
        using Tensor empty = Tensor.Zeros(Device, [0, 4]), scalar = Tensor.Full(Device, [], 2.5);
        using Tensor y = Elementwise.Relu(empty);
        Assert.That(y.ToArray(), Is.Empty);
        Assert.That(scalar.Item(), Is.EqualTo(2.5));
    }

    [Test]
    public void Images_and_weights_go_to_PyTorchs_order_and_back()
    {
        float[] nchw = [.. Enumerable.Range(0, 2 * 3 * 4 * 5).Select(i => (float)i)];
        using Tensor image = Layout.FromNchw(Device, [2, 3, 4, 5], nchw);
        Assert.That(image.Shape.Sizes.ToArray(), Is.EqualTo(new[] { 2, 4, 5, 3 }));
        // Batch 1, row 2, column 3, channel 1.
        Assert.That(image.ToArray()[((1 * 4 + 2) * 5 + 3) * 3 + 1], Is.EqualTo(nchw[((1 * 3 + 1) * 4 + 2) * 5 + 3]));
        Assert.That(Layout.ToNchw(image), Is.EqualTo(nchw));

        using Tensor weight = Layout.FromOihw(Device, [2, 3, 4, 5], nchw);
        Assert.That(weight.Shape.Sizes.ToArray(), Is.EqualTo(new[] { 4, 5, 3, 2 }));
        // Row 2, column 3, from channel 1 to channel 0.
        Assert.That(weight.ToArray()[((2 * 5 + 3) * 3 + 1) * 2 + 0], Is.EqualTo(nchw[((0 * 3 + 1) * 4 + 2) * 5 + 3]));
        Assert.That(Layout.ToOihw(weight), Is.EqualTo(nchw));
    }

    [Test]
    public void A_tensor_moves_between_devices_unchanged()
    {
        using Tensor here = Tensor.From(Device, [3], [1f, float.NaN, -3f]);
        using Tensor there = here.To(OpenDevices.Get(TestDevice.Cpu));
        using Tensor back = there.To(Device);
        Assert.That(back.ToArray(), Is.EqualTo(here.ToArray()));
    }

    [Test]
    public void Text_shows_shape_type_device_and_the_first_values()
    {
        using Tensor x = Tensor.From(Device, [2, 4], [0.5f, 1, -0.25f, 4, 5, 6, 7, 8]);
        Assert.That(x.ToString(), Is.EqualTo($"Tensor [2, 4] float32 on {Device}: 0.5, 1, -0.25, 4, 5, 6, … (8 elements)"));
    }

    [Test]
    public void Text_reads_no_more_than_it_shows()
    {
        using Tensor x = Tensor.Full(Device, [1_000_000], 0.5);
        _ = x.ToString();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(x.ToString(), Does.EndWith("0.5, … (1000000 elements)"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [Test]
    public void Text_tells_what_goes_wrong_while_it_is_made()
    {
        using Tensor x = Tensor.Zeros(Device, [3]);
        CLException noMemory = new(CLError.CL_OUT_OF_HOST_MEMORY);
        Exception[] failures = [new TensorDisposedException("planted"), new ArgumentException("planted"), noMemory];
        foreach (Exception failure in failures)
        {
            try
            {
                Device.BeforeOperation = _ => throw failure;
                string said = failure == noMemory ? "has no memory left" : "planted";
                Assert.That(x.ToString(), Does.StartWith($"Tensor [3] float32 on {Device}: ").And.Contains(said));
            }
            finally
            {
                Device.BeforeOperation = null;
            }
        }
    }

    [Test]
    public void Buffers_are_used_again()
    {
        Tensor.Zeros(Device, [1234]).Dispose();
        long reserved = Device.ReservedBytes;
        for (int i = 0; i < 10; i++)
            Tensor.Zeros(Device, [1234]).Dispose();
        Assert.That(Device.ReservedBytes, Is.EqualTo(reserved));
    }

    [Test]
    public void Several_threads_may_use_one_device()
    {
        int wrong = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (int i = 0; i < 50; i++)
            {
                float value = thread * 100 + i;
                using Tensor x = Tensor.Full(Device, [1000], value);
                using Tensor y = Elementwise.Add(x, 1);
                if (y.ToArray().Any(element => element != value + 1))
                    Interlocked.Increment(ref wrong);
            }
        });
        Assert.That(wrong, Is.Zero);
    }
}
