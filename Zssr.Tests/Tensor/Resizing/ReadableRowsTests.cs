using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

[TestFixture]
[Vectors]
public sealed unsafe class ReadableRowsTests
{
    [Test]
    public void Four_lanes_from_any_element_touch_nothing_outside(
        [Values(1, 2, 3, 4, 7)] int length, [Values(1, 2, 3, 4, 6)] int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count * length), memory = new((int)ReadableRows.Size(length));
        var rows = new ReadableRows(x, count, length, memory);

        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < length; i++)
            {
                float[] lanes = new Span<float>(rows[row] + i, 4).ToArray();
                Assert.That(lanes[0], Is.EqualTo(x.Span[row * length + i]), $"row {row}, element {i}");
                Assert.That(lanes, Is.All.InRange(-1f, 1f), $"row {row}, element {i}: NaN is what lies outside");
            }
        }

        memory.AssertGuards();
    }
}
