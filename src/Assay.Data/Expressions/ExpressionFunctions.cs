namespace Assay.Data;

/// <summary>Which names are functions of rows, of groups, and of the rows after grouping.</summary>
public static class ExpressionFunctions
{
    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase)
    {
        "sum", "count", "avg", "min", "max", "stddev", "median",
    };

    private static readonly HashSet<string> Windows = new(StringComparer.OrdinalIgnoreCase)
    {
        "share", "growth", "rank", "previous", "running",
    };

    private static readonly HashSet<string> Edges = new(StringComparer.OrdinalIgnoreCase) { "first", "last" };

    /// <summary>Whether a function makes one value of many rows, so that only measures may use it.</summary>
    /// <param name="name">The function's name.</param>
    /// <returns>True for <c>sum</c>, <c>count</c>, <c>avg</c>, <c>min</c>, <c>max</c>, <c>stddev</c>, <c>median</c>.</returns>
    public static bool IsAggregate(string name) => Aggregates.Contains(name);

    /// <summary>Whether a function looks at other rows of an aggregated table, so that only what is derived after
    /// aggregation may use it.</summary>
    /// <param name="name">The function's name.</param>
    /// <returns>True for <c>share</c>, <c>growth</c>, <c>rank</c>, <c>previous</c>, <c>running</c>.</returns>
    public static bool IsWindow(string name) => Windows.Contains(name);

    /// <summary>Whether a function takes the value of the first or last of ordered rows, so that only a KPI's summary may use it.</summary>
    /// <param name="name">The function's name.</param>
    /// <returns>True for <c>first</c>, <c>last</c>.</returns>
    public static bool IsEdge(string name) => Edges.Contains(name);

    /// <summary>Whether a name can be called: a function of rows, an aggregate or a window has it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when it has a meaning already.</returns>
    public static bool IsKnown(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All names that can be called, for suggestions.</summary>
    internal static IEnumerable<string> Names => [.. FunctionCatalog.Names, .. Aggregates, .. Windows, .. Edges, "cast"];
}
