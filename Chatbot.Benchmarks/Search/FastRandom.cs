namespace Chatbot.Benchmarks.Search;

/// <summary>Random numbers that follow from a seed alone and cost next to nothing to seed (SplitMix64, Steele et al. 2014).</summary>
internal struct FastRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 up to, not including, <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>0 up to, not including, 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Adds nearly normal numbers (each a sum of eight bits' worth of dice) to a vector, so that what is added has about this length.</summary>
    public void AddNoise(Span<float> vector, float length)
    {
        // Four bytes: variance 4 × (256² - 1) / 12, mean 510.
        var scale = length / MathF.Sqrt(4 * 65535 / 12f * vector.Length);
        for (var i = 0; i < vector.Length; i += 2)
        {
            var bits = Next();
            vector[i] += (Sum((uint)bits) - 510) * scale;
            if (i + 1 < vector.Length) vector[i + 1] += (Sum((uint)(bits >> 32)) - 510) * scale;
        }

        static int Sum(uint bytes) => (int)((bytes & 0xFF) + ((bytes >> 8) & 0xFF) + ((bytes >> 16) & 0xFF) + (bytes >> 24));
    }
}
