namespace Zssr.Tensors;

internal sealed class Conv2dTuner
{
}
