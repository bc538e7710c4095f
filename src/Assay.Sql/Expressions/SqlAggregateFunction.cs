namespace Assay.Sql;

/// <summary>The aggregates that every database computes exactly; others are made of these.</summary>
public enum SqlAggregateFunction
{
    /// <summary>The number of rows, or of values that are not null.</summary>
    Count,

    /// <summary>The number of different values that are not null.</summary>
    CountDistinct,

    /// <summary>The sum of numbers.</summary>
    Sum,

    /// <summary>The least value; text goes by code point.</summary>
    Min,

    /// <summary>The greatest value; text goes by code point.</summary>
    Max,
}
