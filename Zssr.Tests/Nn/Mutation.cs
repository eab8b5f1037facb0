namespace Zssr.Tests.Nn;

/// <summary>Random damage to a file.</summary>
internal static class Mutation
{
    /// <summary>A copy with one to three changes: a bit flipped, a byte replaced, removed, repeated, or the end cut off.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        List<byte> changed = [.. file];
        int changes = random.Next(1, 4);
        for (int i = 0; i < changes && changed.Count > 0; i++)
        {
            int place = random.Next(changed.Count);
            switch (random.Next(8))
            {
                case 0:
                    changed.RemoveRange(place, changed.Count - place);
                    break;
                case 1:
                    changed.RemoveAt(place);
                    break;
                case 2:
                    changed.Insert(place, changed[place]);
                    break;
                case 3:
                    changed[place] = (byte)random.Next(256);
                    break;
                default:
                    changed[place] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. changed];
    }
}
