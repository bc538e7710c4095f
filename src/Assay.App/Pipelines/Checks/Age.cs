using System.Globalization;

namespace Assay.App.Pipelines;

/// <summary>A length of time as a pipeline writes it: <c>2 days</c>, <c>36 hours</c>.</summary>
/// <param name="Count">How many units.</param>
/// <param name="Unit">The unit, in the singular: <c>minute</c>, <c>hour</c>, <c>day</c>, <c>week</c>.</param>
public sealed record Age(int Count, string Unit)
{
    private const int Most = 1_000_000;

    private static readonly Dictionary<string, long> Seconds = new(StringComparer.Ordinal)
    {
        ["minute"] = 60,
        ["hour"] = 3600,
        ["day"] = 86_400,
        ["week"] = 604_800,
    };

    /// <summary>The length in microseconds.</summary>
    public long Microseconds => Count * Seconds[Unit] * 1_000_000;

    /// <summary>Reads a length.</summary>
    /// <param name="text">A whole number and a unit, in the singular or the plural.</param>
    /// <returns>The length, or null when it is none.</returns>
    public static Age? Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string unit = words.Length != 2 ? "" : words[1].EndsWith('s') ? words[1][..^1] : words[1];
        return Seconds.ContainsKey(unit)
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= Most
            ? new Age(count, unit)
            : null;
    }

    /// <returns>For example <c>2 days</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Unit}{(Count == 1 ? "" : "s")}");
}
