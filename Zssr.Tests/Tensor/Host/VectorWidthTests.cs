using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

[TestFixture]
[Vectors]
public sealed class VectorWidthTests
{
    /// <summary>
    /// A run that is meant to test narrower vectors must not use wider ones unnoticed: <c>ZSSR_EXPECTED_VECTOR_BITS</c> says what is meant.
    /// </summary>
    [Test]
    public void The_width_is_the_expected_one()
    {
        using var host = new Host();
        string? expected = Environment.GetEnvironmentVariable("ZSSR_EXPECTED_VECTOR_BITS");

        if (expected is null)
            Assert.That(host.VectorBits, Is.AnyOf(128, 256, 512));
        else
            Assert.That(host.VectorBits, Is.EqualTo(int.Parse(expected, CultureInfo.InvariantCulture)));
    }
}
