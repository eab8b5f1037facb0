namespace Zssr.Tests.References;

/// <summary>Optimisers' steps as their definitions say, in float64, in place.</summary>
public static class UpdateReference
{
    /// <summary>Step number t of Adam.</summary>
    public static void Adam(
        double[] parameter, double[] gradient, double[] m, double[] v,
        long t, double learningRate, double beta1, double beta2, double epsilon)
    {
        for (int i = 0; i < parameter.Length; i++)
        {
            m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
            v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
            double correctedMean = m[i] / (1 - Math.Pow(beta1, t));
            double correctedSquare = v[i] / (1 - Math.Pow(beta2, t));
            parameter[i] -= learningRate * correctedMean / (Math.Sqrt(correctedSquare) + epsilon);
        }
    }

    /// <summary>A step of gradient descent with momentum.</summary>
    public static void Sgd(double[] parameter, double[] gradient, double[] velocity, double learningRate, double momentum)
    {
        for (int i = 0; i < parameter.Length; i++)
        {
            velocity[i] = momentum * velocity[i] + gradient[i];
            parameter[i] -= learningRate * velocity[i];
        }
    }

    /// <summary>
    /// A step of Muon for weights [inputs, outputs]; written for the transpose [outputs, inputs], as in the publication.
    /// </summary>
    public static void Muon(double[] weight, double[] gradient, double[] velocity, int outputs, double learningRate, double momentum)
    {
        int inputs = weight.Length / outputs;
        double[,] direction = new double[outputs, inputs];
        for (int i = 0; i < weight.Length; i++)
        {
            velocity[i] = momentum * velocity[i] + gradient[i];
            direction[i % outputs, i / outputs] = gradient[i] + momentum * velocity[i];
        }

        double[,] step = MatrixReference.NewtonSchulz(direction);
        double scale = Math.Sqrt(Math.Max(1, (double)outputs / inputs));
        for (int i = 0; i < weight.Length; i++)
            weight[i] -= learningRate * scale * step[i % outputs, i / outputs];
    }
}
