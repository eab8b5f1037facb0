namespace Zssr.Tensors;

/// <summary>
/// One stage of a reduction, as a fold. The input is a sequence of rows of <paramref name="Width"/> elements; every
/// <paramref name="Terms"/> rows are folded onto each other into one:
/// y[b·Width + l] = x[b·Terms·Width + l] ⊕ x[(b·Terms + 1)·Width + l] ⊕ … (the last block may have fewer rows, and its last
/// row fewer elements).
/// </summary>
/// <remarks>
/// Stages are repeated until one row of a single pixel's channels is left. This way of reducing
/// <list type="bullet">
/// <item>keeps channels apart by itself: Width is a multiple of the number of channels, so l mod C stays an element's channel
/// (a sum over everything is the case C = 1);</item>
/// <item>reads contiguous memory across work-items, whatever C is, and the rows of a block lie close together in caches;</item>
/// <item>has a fixed order that depends on the sizes only, and is nearly as accurate as pairwise summation: no sum is longer than
/// <see cref="MostTerms"/>, so rounding errors grow with the number of stages, not with the number of elements;</item>
/// <item>needs neither shared memory nor barriers, so groups may have any size: the same code runs on ILGPU's CPU accelerator, and
/// nothing hangs on how an OpenCL driver orders memory at a barrier. A tree in shared memory would save one launch or two.</item>
/// </list>
/// </remarks>
/// <param name="Length">Elements of the input, a multiple of the number of channels, at least 1.</param>
/// <param name="Width">Elements of a row.</param>
/// <param name="Terms">Rows of a full block: how many elements one work-item combines.</param>
internal readonly record struct FoldStage(int Length, int Width, int Terms)
{
    /// <summary>The longest sum that one work-item adds up one by one: in the last stage.</summary>
    public const int MostTerms = 64;

    // Long enough that few stages are needed, short enough that small inputs still give a GPU many work-items.
    private const int TermsBeforeTheLast = 32;

    // Rows before the last stage are at least this wide, so that neighbouring work-items read neighbouring memory.
    private const int LeastWidth = 64;

    /// <summary>How many elements are left after this stage: a row for each block, the last perhaps shorter.</summary>
    public int ResultLength
    {
        get
        {
            int block = Width * Terms;
            int fullBlocks = Length / block;
            return fullBlocks * Width + Math.Min(Width, Length - fullBlocks * block);
        }
    }

    /// <summary>The stage for an input of this many elements in rows of <paramref name="channels"/>.</summary>
    public static FoldStage Of(int length, int channels)
    {
        int pixels = length / channels;
        return pixels <= MostTerms
            ? new FoldStage(length, channels, pixels)
            : new FoldStage(length, (LeastWidth + channels - 1) / channels * channels, TermsBeforeTheLast);
    }

    /// <summary>Whether one pixel is left after this stage.</summary>
    public bool IsLast(int channels) => ResultLength == channels;

    /// <summary>Where the first term of result i lies; the next ones follow at a distance of <see cref="Width"/>.</summary>
    public int First(int i) => i / Width * Width * Terms + i % Width;

    /// <summary>How many terms a result has whose first lies there.</summary>
    public int TermCount(int first) => Math.Min(Terms, (Length - 1 - first) / Width + 1);
}
