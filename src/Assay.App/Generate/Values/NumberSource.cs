namespace Assay.App.Generate;

/// <summary>A number for every row of a block, as whole units of 10^-<see cref="Scale"/>, with known bounds.</summary>
/// <param name="scale">Digits after the point.</param>
/// <param name="min">The least value, in units.</param>
/// <param name="max">The greatest value, in units.</param>
internal abstract class NumberSource(int scale, Int128 min, Int128 max)
{
    /// <summary>Digits after the point.</summary>
    public int Scale { get; } = scale;

    /// <summary>The least value that can come, in units.</summary>
    public Int128 Min { get; } = min;

    /// <summary>The greatest value that can come, in units.</summary>
    public Int128 Max { get; } = max;

    /// <summary>Gives the number of each row.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="destination">Gets one number per row, in units.</param>
    public abstract void Fill(RowBlock block, Span<long> destination);
}
