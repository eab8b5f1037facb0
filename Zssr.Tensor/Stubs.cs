#pragma warning disable
namespace Zssr.Tensors;
public static class Convolution { public static Tensor Forward(Tensor x, Tensor w, Tensor? b = null, int stride = 1, int padding = 0) => throw null!; public static Tensor InputGradient(Tensor dy, Tensor w, int h, int ww, int stride = 1, int padding = 0) => throw null!; public static Tensor WeightGradient(Tensor x, Tensor dy, int kh, int kw, int stride = 1, int padding = 0) => throw null!; }
