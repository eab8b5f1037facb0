using ILGPU;
using Zssr.Tensors.KernelSources;

namespace Zssr.Tests.Tensors.KernelSources;

public class KernelCatalogueTests
{
    private static readonly IReadOnlyList<KernelInstance> Found = KernelCatalogue.Of(typeof(SampleKernels).Assembly);

    [Test]
    public void Generic_kernels_are_found_for_every_element_type_and_every_op()
    {
        Assert.That(NamesOf("SampleKernels.Map"), Is.EqualTo(new[]
        {
            "SampleKernels.Map<double, Square>",
            "SampleKernels.Map<double, Twice>",
            "SampleKernels.Map<float, Square>",
            "SampleKernels.Map<float, Twice>",
        }));
    }

    [Test]
    public void A_struct_that_fits_one_element_type_is_paired_with_that_type_only()
    {
        Assert.That(NamesOf("SampleKernels.Fill"), Is.EqualTo(new[]
        {
            "SampleKernels.Fill<double, Float64Constant>",
            "SampleKernels.Fill<float, Float32Constant>",
        }));
    }

    [Test]
    public void Methods_that_return_a_value_or_are_not_public_are_no_kernels()
    {
        Assert.That(NamesOf("SampleKernels.Plain"), Has.Length.EqualTo(1));
        Assert.That(NamesOf("SampleKernels.Not"), Is.Empty);
    }

    [Test]
    public void The_products_kernels_are_found_by_the_same_rules()
    {
        var found = KernelCatalogue.All();

        Assert.That(found.Select(kernel => kernel.Name), Is.Unique);
        Assert.That(found.Select(kernel => kernel.Method.GetParameters()[0].ParameterType.GetGenericTypeDefinition()),
            Is.All.EqualTo(typeof(ArrayView<>)));
    }

    private static string[] NamesOf(string prefix) =>
        [.. Found.Select(kernel => kernel.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
}
