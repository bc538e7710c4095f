using Assay.Data;

namespace Assay.Measure;

/// <summary>A KPI cannot be computed on this data: the run cannot go on.</summary>
/// <param name="kpi">The KPI.</param>
/// <param name="reason">Why.</param>
public sealed class MeasureException(string kpi, string reason)
    : Exception($"KPI `{kpi}`: {reason}")
{
    /// <summary>The KPI.</summary>
    public string Kpi { get; } = kpi;

    /// <summary>Makes one for a value that could not be computed.</summary>
    /// <param name="kpi">The KPI.</param>
    /// <param name="expression">What was computed.</param>
    /// <param name="schema">The columns that it was bound to.</param>
    /// <returns>An exception that says whether a number or a date left its range.</returns>
    internal static MeasureException OutOfRange(string kpi, BoundExpression expression, Schema schema)
    {
        const string Number = "a value needs more than 128 bits";
        const string Date = "a date is out of range: date_add leaves the years 1 to 9999";
        return new MeasureException(
            kpi,
            IsMoment(expression.Type) ? Date
            : expression.Columns.Any(column => IsMoment(schema.Columns[column].Type)) ? $"{Number}, or {Date}"
            : Number);

        static bool IsMoment(ColumnType type) => type.Kind is ColumnKind.Date or ColumnKind.Timestamp;
    }
}
