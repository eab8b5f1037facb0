using ILGPU;
using Zssr.Tensors;

namespace Zssr.Lessons.Solutions;

public sealed class Lesson02 : ILesson02
{
    public static Tensor Negative(Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("negative", x);
        Tensor y = call.New(x.Shape, x.DType);
        call.Kernels.Launch(Kernel, call.Elements(y), x.View<float>(), y.View<float>());
        return call.Result(y);
    }

    private static void Kernel(ArrayView<float> x, ArrayView<float> y)
    {
        int stride = Grid.DimX * Group.DimX;
        for (int i = Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = 1 - x[i];
    }
}
