namespace Zssr.Tensors;

/// <summary>Which of n pixels stands for position i of an axis, where i may lie any distance outside 0 … n − 1.</summary>
internal static class BorderIndex
{
    /// <summary>… b a | a b … y z | z y …: the pattern repeats after 2n positions.</summary>
    public static int Symmetric(long i, int n)
    {
        long position = Modulo(i, 2L * n);
        return (int)(position < n ? position : 2L * n - 1 - position);
    }

    /// <summary>The same for i of 0 or more. Kernels call it: no 64-bit numbers, no test of the sign.</summary>
    public static int SymmetricFromZero(int i, int n)
    {
        int position = i % (2 * n);
        return position < n ? position : 2 * n - 1 - position;
    }

    /// <summary>… c b | a b … y z | y x …: the pattern repeats after 2n − 2 positions; a single pixel is its own mirror image.</summary>
    public static int Reflect(long i, int n)
    {
        if (n == 1)
            return 0;
        long position = Modulo(i, 2L * n - 2);
        return (int)(position < n ? position : 2L * n - 2 - position);
    }

    /// <summary>… a a | a b … y z | z z …</summary>
    public static int Replicate(long i, int n) => (int)Math.Clamp(i, 0, n - 1);

    /// <summary>The remainder in 0 … period − 1, for negative i too (C#'s % has the sign of i).</summary>
    private static long Modulo(long i, long period) => (i % period + period) % period;
}
