using System.Collections.Frozen;

namespace Assay.Data;

/// <summary>Which names are functions of rows, of groups, and of the rows after grouping.</summary>
public static class ExpressionFunctions
{
    private static readonly FrozenSet<string> Aggregates = FrozenSet.ToFrozenSet(
        ["sum", "count", "avg", "min", "max", "stddev", "median"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Windows = FrozenSet.ToFrozenSet(
        ["share", "growth", "rank", "previous", "running"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a function makes one value of many rows, so that only measures may use it.</summary>
    /// <param name="name">The function's name.</param>
    /// <returns>True for <c>sum</c>, <c>count</c>, <c>avg</c>, <c>min</c>, <c>max</c>, <c>stddev</c>, <c>median</c>.</returns>
    public static bool IsAggregate(string name) => Aggregates.Contains(name);

    /// <summary>Whether a function looks at other rows of an aggregated table, so that only what is derived after
    /// aggregation may use it.</summary>
    /// <param name="name">The function's name.</param>
    /// <returns>True for <c>share</c>, <c>growth</c>, <c>rank</c>, <c>previous</c>, <c>running</c>.</returns>
    public static bool IsWindow(string name) => Windows.Contains(name);

    /// <summary>All names that can be called, for suggestions.</summary>
    internal static IEnumerable<string> Names => [.. FunctionCatalog.Names, .. Aggregates, .. Windows, "cast"];
}
