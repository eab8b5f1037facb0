using System.Reflection;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>A tensor counts how often it was changed in place.</summary>
public sealed class VersionTests(TestDevice kind) : DeviceTest(kind)
{
    /// <summary>All that changes what it is given: the operation, its tensors, and which of them it changes.</summary>
    private static readonly (string Name, Action<Tensor[]> Run, int Tensors, int[] Changed)[] InPlace =
    [
        ("Tensor.Assign", t => t[0].Assign(t[1]), 2, [0]),
        ("Elementwise.Accumulate", t => Elementwise.Accumulate(t[0], t[1]), 2, [0]),
        ("Window.Place", t => Window.Place(t[1], t[0], 0, 0), 2, [0]),
        ("AdamUpdate.Apply", t => AdamUpdate.Apply(t[0], t[1], t[2], t[3], 1, 0.1), 4, [0, 2, 3]),
        ("SgdUpdate.Apply", t => SgdUpdate.Apply(t[0], t[1], t[2], 0.1, 0.9), 3, [0, 2]),
        ("MuonUpdate.Apply", t => MuonUpdate.Apply(t[0], t[1], t[2], 0.1), 3, [0, 2]),
    ];

    [Test]
    public void Each_operation_in_place_raises_the_versions_of_what_it_changes_and_no_others(
        [Range(0, 5)] int operation, [Values] DType dtype)
    {
        if (dtype == DType.Float64 && !Device.Info.SupportsFloat64)
            Assert.Ignore("the device has no float64");
        (_, Action<Tensor[]> run, int count, int[] changed) = InPlace[operation];
        Tensor[] tensors = [.. Enumerable.Range(0, count).Select(i => Tensor.Full(Device, [1, 2, 3, 4], i + 2, dtype))];
        run(tensors);

        Assert.Multiple(() =>
        {
            for (int i = 0; i < count; i++)
            {
                bool isChanged = changed.Contains(i);
                Assert.That(tensors[i].Version > 0, Is.EqualTo(isChanged), $"the version of tensor {i}");
                Assert.That(tensors[i].ToDoubles().Any(element => element != i + 2), Is.EqualTo(isChanged), $"the elements of tensor {i}");
            }
        });
        foreach (Tensor tensor in tensors)
            tensor.Dispose();
    }

    /// <summary>An operation that returns nothing can only have changed what it was given.</summary>
    [Test]
    public void The_list_has_every_public_operation_that_returns_nothing()
    {
        IEnumerable<string> found = typeof(Tensor).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(void))
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor)))
            .Where(method => method.DeclaringType != typeof(DeviceCall))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        Assert.That(found, Is.EquivalentTo(InPlace.Select(entry => entry.Name)));
    }

    [Test]
    public void Tensors_that_share_memory_have_one_version_and_a_copy_its_own()
    {
        using Tensor x = Tensor.Full(Device, [2, 3], 1), other = Tensor.Full(Device, [2, 3], 2);
        using Tensor reshaped = x.Reshape([6]), copy = x.To(DType.Float32);
        x.Assign(other);
        x.Assign(other);
        Assert.That((x.Version, reshaped.Version, copy.Version, other.Version), Is.EqualTo((2L, 2L, 0L, 0L)));
    }

    [Test]
    public void Memory_that_is_used_again_starts_at_version_0()
    {
        using Tensor other = Tensor.Full(Device, [5], 2);
        Tensor x = Tensor.Full(Device, [5], 1);
        x.Assign(other);
        x.Dispose();
        using Tensor next = Tensor.Full(Device, [5], 1);
        Assert.That(next.Version, Is.Zero);
    }

    [Test]
    public void An_operation_of_ones_own_says_what_it_changes()
    {
        using Tensor x = Tensor.Full(Device, [5], 1);
        DeviceCall ended;
        using (DeviceCall call = DeviceCall.Begin("own", x))
            (ended = call).Changes(x);
        Assert.That(x.Version, Is.EqualTo(1));
        Assert.That(() => ended.Changes(x), Throws.TypeOf<TensorDisposedException>());
    }
}
