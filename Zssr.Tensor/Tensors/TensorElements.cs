using ILGPU;

namespace Zssr.Tensors;

/// <summary>What is done to the elements of tensors below all operations: filled, cast, shown to a kernel where there are some.</summary>
internal static class TensorElements
{
    /// <summary>Every element becomes <paramref name="value"/>.</summary>
    public static void Fill(DeviceCall call, Tensor y, double value)
    {
        if (y.Count == 0)
            return;
        if (y.DType == DType.Float32)
            call.Kernels.Launch(TensorKernels.Fill, call.Elements(y), y.View<float>(), (float)value);
        else
            call.Kernels.Launch(TensorKernels.Fill, call.Elements(y), y.View<double>(), value);
    }

    /// <summary>A copy with another element type.</summary>
    public static Tensor Cast(Tensor x, DType dtype)
    {
        using DeviceCall call = DeviceCall.Begin("to " + dtype.Name(), x);
        Tensor y = call.New(x.Shape, dtype);
        if (y.Count == 0)
            return call.Result(y);
        if (x.DType == dtype)
            return call.Result(y.CopyFrom(call, x));
        if (dtype == DType.Float64)
            call.Kernels.Launch(TensorKernels.Widen, call.Elements(y), x.View<float>(), y.View<double>());
        else
            call.Kernels.Launch(TensorKernels.Narrow, call.Elements(y), x.View<double>(), y.View<float>());
        return call.Result(y);
    }

    /// <summary>A tensor as kernels see it: of length 0 where there is none (some memory has to stand in for it).</summary>
    public static ArrayView<T> ViewOrEmpty<T>(Tensor? tensor, Tensor standIn)
        where T : unmanaged => tensor?.View<T>() ?? standIn.NoElements<T>();
}
