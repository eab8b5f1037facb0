#pragma warning disable
namespace Zssr.Tensors.Simd;
internal sealed class Host : IDisposable { public void Run<TWork>(in TWork work) where TWork : struct { } public void Dispose() { } }
internal unsafe readonly struct MapWork<TOp>(float* x, float* y, int n) where TOp : struct, IUnaryOp { public long N => (long)x + (long)y + n; }
internal unsafe readonly struct ScalarMapWork<TOp>(float* x, float* y, int n, float a, float b) where TOp : struct, IScalarOp { public float N => (long)x + (long)y + n + a + b; }
internal unsafe readonly struct ZipWork<TOp>(float* x, float* y, float* z, int n) where TOp : struct, IBinaryOp { public long N => (long)x + (long)y + (long)z + n; }
internal unsafe readonly struct ZipChannelsWork<TOp>(float* x, float* y, float* z, int n, int channels) where TOp : struct, IBinaryOp { public long N => (long)x + (long)y + (long)z + n + channels; }
