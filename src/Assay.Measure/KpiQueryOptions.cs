using Assay.Sql;

namespace Assay.Measure;

/// <summary>How a KPI is asked of a database.</summary>
public sealed record KpiQueryOptions
{
    /// <summary>How the database writes statements: what it cannot say exactly is refused before anything runs.</summary>
    public required SqlDialect Dialect { get; init; }

    /// <summary>Gives the database's name of a table; the pipeline's own when left out.</summary>
    public Func<string, string> TableName { get; init; } = name => name;

    /// <summary>The end of the KPI's window (<see cref="KpiDefinition.Last"/>) as its column holds it, days or microseconds
    /// since 1970. Null asks the database for the column's greatest value.</summary>
    public long? AsOf { get; init; }
}
