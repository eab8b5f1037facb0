using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Oclgrind;

/// <summary>One sound kernel and four with a planted error each, to prove that oclgrind tells them apart.</summary>
internal static class SampleScenarios
{
    private const int GroupSize = 64;
    private const int Groups = 2;

    public static void Sum() => Launch(SumKernel, (input, output) =>
    {
        for (int group = 0; group < Groups; group++)
        {
            float expected = input.Skip(group * GroupSize).Take(GroupSize).Sum();
            if (output[group] != expected)
                throw new InvalidOperationException($"group {group}: the sum is {expected}, the kernel says {output[group]}");
        }
    });

    public static void Race() => Launch(RaceKernel);

    public static void OutOfBounds() => Launch(OutOfBoundsKernel);

    public static void DivergentBarrier() => Launch(DivergentBarrierKernel);

    public static void Uninitialized() => Launch(UninitializedKernel);

    /// <summary>output[group] = Σ input over the group's elements, by halving in shared memory.</summary>
    private static void SumKernel(ArrayView<float> input, ArrayView<float> output)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GroupSize);
        shared[Group.IdxX] = input[Grid.GlobalIndex.X];
        Group.Barrier();
        for (int half = GroupSize / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }
        if (Group.IdxX == 0)
            output[Grid.IdxX] = shared[0];
    }

    /// <summary>Reads what a neighbour wrote, without a barrier in between.</summary>
    private static void RaceKernel(ArrayView<float> input, ArrayView<float> output)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GroupSize);
        shared[Group.IdxX] = input[Grid.GlobalIndex.X];
        output[Grid.GlobalIndex.X] = shared[GroupSize - 1 - Group.IdxX];
    }

    /// <summary>The last group reads past the end.</summary>
    private static void OutOfBoundsKernel(ArrayView<float> input, ArrayView<float> output) =>
        output[Grid.GlobalIndex.X] = input[Grid.GlobalIndex.X + GroupSize];

    /// <summary>Half of the group waits for the other half for ever.</summary>
    private static void DivergentBarrierKernel(ArrayView<float> input, ArrayView<float> output)
    {
        if (Group.IdxX < GroupSize / 2)
            Group.Barrier();
        output[Grid.GlobalIndex.X] = input[Grid.GlobalIndex.X];
    }

    /// <summary>Nothing has written to the output yet.</summary>
    private static void UninitializedKernel(ArrayView<float> input, ArrayView<float> output) =>
        input[Grid.GlobalIndex.X] += output[Grid.GlobalIndex.X];

    private static void Launch(Action<ArrayView<float>, ArrayView<float>> kernel, Action<float[], float[]>? check = null)
    {
        float[] values = [.. Enumerable.Range(0, Groups * GroupSize).Select(i => (float)(i % 7))];
        using Context context = BareOpenCl.CreateContext();
        using Accelerator accelerator = context.Devices.OfType<CLDevice>().Single().CreateAccelerator(context);
        using MemoryBuffer1D<float, Stride1D.Dense> input = accelerator.Allocate1D(values);
        using MemoryBuffer1D<float, Stride1D.Dense> output = accelerator.Allocate1D<float>(values.Length);
        var launch = accelerator.LoadStreamKernel(kernel);
        launch(new KernelConfig(Groups, GroupSize), input.View, output.View);
        accelerator.Synchronize();
        check?.Invoke(values, output.GetAsArray1D());
    }
}
