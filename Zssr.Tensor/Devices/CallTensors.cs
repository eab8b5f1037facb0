namespace Zssr.Tensors;

/// <summary>The tensors of one operation: lists that serve one operation after another, so that a training step allocates little.</summary>
internal sealed class CallTensors
{
    /// <summary>How many operations have ended with these lists: the turn of the one that has them now.</summary>
    public long Turn;

    /// <summary>What the operation reads.</summary>
    public List<Tensor> Inputs { get; } = [];

    /// <summary>What it has made, and not given to its caller.</summary>
    public List<Tensor> Temporaries { get; } = [];

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        Inputs.Clear();
        Temporaries.Clear();
    }
}
