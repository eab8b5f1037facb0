namespace Zssr.Nn;

/// <summary>The forms of ZSSR's network.</summary>
public enum NetworkForm
{
    /// <summary>
    /// The article's: convolutions with bias, ReLU but in the last block, and in each block + its input where the shapes match. First
    /// weights as PyTorch's default.
    /// </summary>
    BlockResiduals,

    /// <summary>
    /// The paper's: convolutions without bias, ReLU but in the last layer, and + the network's input at the end, so that it learns only
    /// what interpolation lacks. First weights normally distributed.
    /// </summary>
    GlobalResidual,

    /// <summary>
    /// The paper's on the small image (Shi et al. 2016): the convolutions run at its own size, and the last one has a channel for each
    /// value of a block of pixels of the large image, which are then put in their places; + the interpolated image. A layer costs
    /// 1/(vertical · horizontal scale) of what it does in the other forms.
    /// </summary>
    SubPixel,
}

/// <summary>What the network looks like.</summary>
public sealed record NetworkSettings
{
    /// <summary>Where values are added past the convolutions.</summary>
    public NetworkForm Form { get; init; } = NetworkForm.GlobalResidual;

    /// <summary>Convolutions, 1 to 64.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Channels between the convolutions, 1 to 1024.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Rows and columns of each kernel: an odd number, 1 to 15.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>
    /// Of <see cref="NetworkForm.GlobalResidual"/> and <see cref="NetworkForm.SubPixel"/>: fan-in times the variance of the first weights.
    /// The paper's is 0.1; 0.4 makes weights twice as large.
    /// </summary>
    public double WeightGain { get; init; } = 0.1;

    internal void Validate()
    {
        SettingsCheck.Defined("form", Form);
        SettingsCheck.Range("depth", Depth, 1, 64);
        SettingsCheck.Range("width", Width, 1, 1024);
        SettingsCheck.Range("kernel size", KernelSize, 1, 15);
        SettingsCheck.Require(
            KernelSize % 2 == 1, $"kernel size: {KernelSize} was asked for; it must be odd, so that a pixel is its middle.");
        SettingsCheck.Range("weight gain", WeightGain, 1e-6, 100);
    }
}
