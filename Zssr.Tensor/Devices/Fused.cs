using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace Zssr.Tensors;

/// <summary>x · y + sum as one instruction, wherever the device has it: the inner loops of convolutions consist of little else.</summary>
/// <remarks>
/// Left alone, ILGPU writes the product and the sum into separate statements of OpenCL C, and compilers may fuse only what stands in
/// one. In one expression they do where the hardware can, and emulate nothing where it cannot; OpenCL's <c>fma</c> would emulate, and
/// pocl's <c>mad</c> never fuses. NVIDIA's assembler fuses on its own; on ILGPU's CPU accelerator the C# below runs.
/// </remarks>
internal static class Fused
{
    /// <summary>x · y + sum, rounded once or twice.</summary>
    [IntrinsicImplementation]
    public static T MultiplyAdd<T>(T x, T y, T sum)
        where T : unmanaged, IFloatingPointIeee754<T> => x * y + sum;

    /// <summary>Tells ILGPU how to write <see cref="MultiplyAdd"/>. Every context that compiles kernels needs it.</summary>
    public static Context.Builder EnableFusedMultiplyAdd(this Context.Builder builder)
    {
        IntrinsicImplementationManager known = builder.GetIntrinsicManager();
        MethodInfo method = Method(nameof(MultiplyAdd));
        known.RegisterMethod(method, new CLIntrinsic(Method(nameof(WriteExpression)), IntrinsicImplementationMode.GenerateCode));
        known.RegisterMethod(method, new PTXIntrinsic(Method(nameof(InTwoSteps)), IntrinsicImplementationMode.Redirect));
        return builder;
    }

    private static MethodInfo Method(string name) =>
        typeof(Fused).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

    /// <summary>target = x * y + sum;</summary>
    private static void WriteExpression(CLBackend backend, CLCodeGenerator generator, Value call)
    {
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(call));
        statement.Append(generator.Load(call.Nodes[0]));
        statement.AppendCommand('*');
        statement.Append(generator.Load(call.Nodes[1]));
        statement.AppendCommand('+');
        statement.Append(generator.Load(call.Nodes[2]));
    }

    private static T InTwoSteps<T>(T x, T y, T sum)
        where T : unmanaged, IFloatingPointIeee754<T> => x * y + sum;
}
