using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class WalkWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    [Test]
    public void Turns_move_every_pixel_of_every_image([Values(1, 2, 3, 5)] int channels, [Range(0, 3)] int turns)
    {
        ImageArray image = ImageArray.Counting(2, 5, 7, channels), expected = image;
        for (int turn = 0; turn < turns; turn++)
            expected = expected.Turned();
        AssertMoves(image, expected, PixelWalk.Turned(5, 7, turns));
    }

    [Test]
    public void Mirror_images_move_every_pixel_of_every_image([Values(1, 3, 4)] int channels)
    {
        ImageArray image = ImageArray.Counting(3, 4, 6, channels);
        AssertMoves(image, image.FlippedHorizontally(), PixelWalk.MirroredSideways(4, 6));
        AssertMoves(image, image.FlippedVertically(), PixelWalk.MirroredUpright(4, 6));
    }

    private void AssertMoves(ImageArray image, ImageArray expected, PixelWalk walk)
    {
        using var x = new NativeFloats(Array.ConvertAll(image.Elements, element => (float)element));
        using var y = new NativeFloats(image.Elements.Length);
        Host.Run(new WalkWork(x, y, walk, image.Batch, image.Channels));
        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(expected.Elements));
    }
}
