using ILGPU;
using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// Starts kernels, compiling each on its first use. The overloads differ only in the number of arguments, which C# cannot
/// leave open. A failure names the operation, its shapes and the device.
/// </summary>
public readonly record struct KernelLauncher
{
    private readonly DeviceCall _call;

    internal KernelLauncher(DeviceCall call) => _call = call;

    /// <summary>Starts a kernel: a static method of values and views, in which each work-item does its part.</summary>
    /// <param name="kernel">The method.</param>
    /// <param name="size">How many work-items, such as <see cref="DeviceCall.Elements"/>.</param>
    /// <param name="a1">Its arguments, in order.</param>
    /// <exception cref="DeviceException">The kernel cannot be compiled for the device, or does not start.</exception>
    /// <exception cref="TensorDisposedException">The operation has ended.</exception>
    public void Launch<T1>(Action<T1> kernel, KernelConfig size, T1 a1)
        where T1 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2>(Action<T1, T2> kernel, KernelConfig size, T1 a1, T2 a2)
        where T1 : struct
        where T2 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelConfig size, T1 a1, T2 a2, T3 a3)
        where T1 : struct
        where T2 : struct
        where T3 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig size, T1 a1, T2 a2, T3 a3, T4 a4)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig size, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5, T6>(
        Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig size,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5, a6);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5, T6, T7>(
        Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelConfig size,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5, a6, a7);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, KernelConfig size,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5, a6, a7, a8);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, KernelConfig size,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5, a6, a7, a8, a9);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    /// <inheritdoc cref="Launch{T1}"/>
    public void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, KernelConfig size,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
    {
        try
        {
            Compiled(kernel, static (accelerator, k) => accelerator.LoadStreamKernel(k))(size, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, _call.Device.ToString(), _call.ToString());
        }
    }

    private TLauncher Compiled<TKernel, TLauncher>(TKernel kernel, Func<Accelerator, TKernel, TLauncher> compile)
        where TKernel : Delegate
        where TLauncher : Delegate
    {
        _call.ThrowIfEnded();
        return _call.Device.Kernels.Get(kernel, _call.Device.Accelerator, compile);
    }
}
