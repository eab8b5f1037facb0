using Zssr.Autograd;

namespace Zssr.Lessons.Solutions;

public sealed class Lesson05 : ILesson05
{
    public static Variable Block(Variable x, Variable weight, Variable? bias, bool hasRelu, bool isResidual)
    {
        Variable y = Conv2dFunction.Apply(x, weight, bias, padding: weight.Shape[0] / 2);
        if (hasRelu)
            y = ReluFunction.Apply(y);
        return isResidual ? y + x : y;
    }

    public static int ParameterCount(int depth, int width, int channels, int kernelSize, bool hasBias)
    {
        int count = 0;
        for (int layer = 0; layer < depth; layer++)
        {
            int inputs = layer == 0 ? channels : width, outputs = layer == depth - 1 ? channels : width;
            count += kernelSize * kernelSize * inputs * outputs + (hasBias ? outputs : 0);
        }

        return count;
    }

    public static int Reach(int depth, int kernelSize) => depth * (kernelSize / 2);
}
