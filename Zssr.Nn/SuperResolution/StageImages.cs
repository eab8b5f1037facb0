using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The images of a run as it goes from stage to stage, values 0…peak: the base image, which the stages enlarge, and beside it the results
/// of earlier stages. Fathers are made from all of them.
/// </summary>
internal sealed class StageImages : IDisposable
{
    private readonly IReadOnlyList<ScaleStage> _stages;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private List<FatherSource> _sources;

    /// <summary>The images of the first stage: the input alone.</summary>
    /// <param name="input">[1, H, W, C]; belongs to these images from now on.</param>
    /// <param name="stages">The stages of the run.</param>
    public StageImages(Tensor input, IReadOnlyList<ScaleStage> stages)
    {
        _stages = stages;
        (_inputHeight, _inputWidth) = (input.Shape[1], input.Shape[2]);
        _sources = [new FatherSource(input, Scale.One)];
    }

    /// <summary>What the present stage enlarges: the input, or an earlier result.</summary>
    public Tensor Base => _sources[0].Image;

    /// <summary>What fathers are made from, the base image first.</summary>
    public IReadOnlyList<FatherSource> Sources => _sources;

    /// <summary>
    /// Rows and columns of a stage's result, counted from the run's input, so that rounding does not add up over base changes.
    /// </summary>
    public (int Height, int Width) SizeAfter(int stage) => _stages[stage].FromInput.SizeOf(_inputHeight, _inputWidth);

    /// <summary>Takes a stage's result over: as another source of fathers, or as the base of what follows.</summary>
    public void Advance(int stage, Tensor result)
    {
        if (_stages[stage].BecomesBase)
            Replace([new FatherSource(result, Scale.One)]);
        else
            _sources.Add(FatherSource.OfEnlargement(result, _stages[stage].FromBase));
    }

    /// <summary>Takes the images of a checkpoint, if they are what <see cref="Advance"/> makes of the input up to its stage.</summary>
    /// <exception cref="CheckpointException">They are others.</exception>
    public void Restore(TrainingCheckpoint checkpoint)
    {
        List<FatherSource> sources = checkpoint.Sources(Base.Device, ExpectedAt(checkpoint.Stage));
        bool isInputStillTheBase = !_stages.Take(checkpoint.Stage).Any(stage => stage.BecomesBase);
        if (isInputStillTheBase && !HaveSameBits(sources[0].Image, Base))
        {
            foreach (FatherSource source in sources)
                source.Image.Dispose();
            throw new CheckpointException("checkpoint: its image is not the run's input. The file is damaged; start again.");
        }

        Replace(sources);
    }

    public void Dispose() => Replace([]);

    private List<(Shape Shape, Scale Scale, ImageArea Part)> ExpectedAt(int stage)
    {
        int channels = Base.Shape[3];
        List<(Shape, Scale, ImageArea)> sources = [(Base.Shape, Scale.One, ImageArea.Whole)];
        for (int earlier = 0; earlier < stage; earlier++)
        {
            (int height, int width) = SizeAfter(earlier);
            if (_stages[earlier].BecomesBase)
                sources = [([1, height, width, channels], Scale.One, ImageArea.Whole)];
            else
            {
                var whole = PixelArea.Whole(height, width);
                PixelArea kept = FatherSource.Middle(whole);
                Shape shape = [1, kept.Rows.Length, kept.Columns.Length, channels];
                sources.Add((shape, _stages[earlier].FromBase, FatherSource.PartOf(whole)));
            }
        }

        return sources;
    }

    /// <summary>Compares in pieces: a large image need not be in memory twice more.</summary>
    private static bool HaveSameBits(Tensor a, Tensor b)
    {
        const int Most = 1 << 22;
        using Tensor first = a.Reshape([a.Count]), second = b.Reshape([b.Count]);
        for (int start = 0; start < a.Count; start += Most)
        {
            int length = Math.Min(Most, a.Count - start);
            using Tensor one = Window.Slice(first, axis: 0, start, length), other = Window.Slice(second, axis: 0, start, length);
            if (!MemoryMarshal.AsBytes<float>(one.ToArray()).SequenceEqual(MemoryMarshal.AsBytes<float>(other.ToArray())))
                return false;
        }

        return true;
    }

    /// <summary>Frees the old images.</summary>
    private void Replace(List<FatherSource> sources)
    {
        foreach (FatherSource source in _sources)
            source.Image.Dispose();
        _sources = sources;
    }
}
