using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Zssr.Tensors.KernelSources;

/// <summary>Reads what a compiled method refers to from its intermediate language (ECMA-335, partition III).</summary>
internal static class MethodBodyReader
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>
    /// Every method that a method calls, constructs with or makes a delegate of, with type arguments filled in. What it does in lambdas and
    /// local functions counts as done by itself.
    /// </summary>
    public static IEnumerable<MethodBase> Calls(MethodBase method) => Operands(method, OperandType.InlineMethod)
        .Select(token => method.Module.ResolveMethod(token, TypeArguments(method), MethodArguments(method)))
        .OfType<MethodBase>()
        .SelectMany(called => called.Name.StartsWith('<') && called != method ? Calls(called) : [called]);

    /// <summary>The texts that a method loads, in order.</summary>
    public static IEnumerable<string> Texts(MethodBase method) =>
        Operands(method, OperandType.InlineString).Select(method.Module.ResolveString);

    private static IEnumerable<int> Operands(MethodBase method, OperandType wanted)
    {
        byte[] body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int at = 0;
        while (at < body.Length)
        {
            // Instructions of two bytes begin with 0xFE.
            int value = body[at++];
            if (value == 0xFE)
                value = 0xFE00 | body[at++];
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand == wanted)
                yield return BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)),
                _ => 4,
            };
        }
    }

    private static Type[] TypeArguments(MethodBase method) => method.DeclaringType?.GetGenericArguments() ?? [];

    private static Type[] MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : [];
}
