namespace Zssr.Autograd.Checking;

/// <summary>How much of a Jacobian J[o, i] = ∂output[o]/∂input[i] is compared.</summary>
public enum GradCheckMode
{
    /// <summary>Every entry. The time grows with the number of input elements and with that of output elements.</summary>
    Full,

    /// <summary>
    /// uᵀ J v for random u and v, an input at a time: a few evaluations whatever the sizes. Where they disagree, or five v one after the
    /// other meet kinks, the full mode takes over and finds the place.
    /// </summary>
    Projected,

    /// <summary>uᵀ J for random u at a number of randomly chosen input elements.</summary>
    Sampled,
}

/// <summary>What a backward pass is compared with.</summary>
public enum GradCheckReference
{
    /// <summary>Central differences of the function's values. Needs float64.</summary>
    Differences,

    /// <summary>
    /// The values and the backward pass of the same function in float64, for functions of float32 inputs, where differences would drown in
    /// rounding. Check that one against differences too. The mode and its samples and directions, and ε, mean nothing to it.
    /// </summary>
    Float64Twin,
}
