namespace Zssr.Nn;

/// <summary>The line y = intercept + slope · x through points by least squares.</summary>
/// <param name="Slope">Σ (x − x̄)(y − ȳ) / Σ (x − x̄)².</param>
/// <param name="SlopeError">The slope's standard error, √(Σ residual² / (n − 2) / Σ (x − x̄)²).</param>
internal readonly record struct LineFit(double Slope, double SlopeError)
{
    /// <summary>Fits three points or more, of which not all have the same x.</summary>
    public static LineFit Through(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(p => p.X), meanY = points.Average(p => p.Y);
        double spread = points.Sum(p => (p.X - meanX) * (p.X - meanX));
        double slope = points.Sum(p => (p.X - meanX) * (p.Y - meanY)) / spread;
        double residual = points.Sum(p => Math.Pow(p.Y - meanY - slope * (p.X - meanX), 2));
        return new LineFit(slope, Math.Sqrt(residual / (points.Count - 2) / spread));
    }
}
