using System.Globalization;

namespace Assay.App.Pipelines;

/// <summary>How many rows may fail a check that is about each row: a number of rows, or a share of them.</summary>
/// <param name="Rows">The number, when <paramref name="Share"/> is null.</param>
/// <param name="Share">The share of all rows that are looked at, 0 to 1, or null.</param>
public sealed record CheckAllowance(long Rows, decimal? Share = null)
{
    /// <summary>No row may fail.</summary>
    public static CheckAllowance None { get; } = new(0);

    /// <summary>Reads one as a pipeline writes it: a whole number of rows, or, with a point, a share.</summary>
    /// <param name="text">For example <c>5</c> or <c>0.01</c>.</param>
    /// <returns>The allowance, or null when it is none.</returns>
    public static CheckAllowance? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long rows))
        {
            return new CheckAllowance(rows);
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal share) && share is >= 0 and <= 1
            ? new CheckAllowance(0, share)
            : null;
    }

    /// <summary>Whether so many failures are allowed.</summary>
    /// <param name="failing">The rows that fail.</param>
    /// <param name="all">The rows looked at.</param>
    /// <returns>True when they are.</returns>
    public bool Allows(long failing, long all) => Share is { } share ? failing <= share * all : failing <= Rows;

    /// <summary>The allowance as the end of an expectation.</summary>
    /// <returns>For example <c>, 0.01 of the rows aside</c>; empty when no row may fail.</returns>
    public override string ToString() => (Share, Rows) switch
    {
        ({ } share, _) => string.Create(CultureInfo.InvariantCulture, $", {share} of the rows aside"),
        (_, 0) => "",
        (_, 1) => ", one row aside",
        var (_, rows) => string.Create(CultureInfo.InvariantCulture, $", {rows} rows aside"),
    };
}
