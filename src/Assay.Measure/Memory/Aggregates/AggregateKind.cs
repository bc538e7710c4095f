namespace Assay.Measure.Memory.Aggregates;

/// <summary>The aggregates that are kept while rows stream by; an average is a sum and a count.</summary>
internal enum AggregateKind
{
    CountRows,
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    StandardDeviation,
    Median,
    Custom,
}
