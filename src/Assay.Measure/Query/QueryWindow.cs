using Assay.Data;
using Assay.Measure.Memory;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>The rows that a KPI looks at by time, as conditions of its statements.</summary>
internal sealed class QueryWindow
{
    private readonly LastWindow _last;
    private readonly Column _column;

    /// <param name="last">The window.</param>
    /// <param name="column">Its column.</param>
    /// <param name="upTo">Its end, when that is known already.</param>
    public QueryWindow(LastWindow last, Column column, long? upTo)
    {
        _last = last;
        _column = column;
        UpTo = upTo;
        IsAsked = upTo is null;
    }

    /// <summary>Whether the database is asked for its end.</summary>
    public bool IsAsked { get; }

    /// <summary>Its end.</summary>
    public long? UpTo { get; set; }

    /// <summary>Whether the database was asked, and the column has no value: no row lies in the window.</summary>
    public bool IsEmpty { get; set; }

    /// <summary>What the rows are asked for.</summary>
    /// <param name="moment">The window's column.</param>
    /// <param name="isPreview">Whether a value that is not known yet is named instead.</param>
    public IEnumerable<SqlExpression> Conditions(SqlExpression moment, bool isPreview)
    {
        if (UpTo is not { } upTo)
        {
            if (!isPreview)
            {
                throw new InvalidOperationException("The window's end is not known yet.");
            }

            string unit = _last.Unit.ToString().ToLowerInvariant() + (_last.Count == 1 ? "" : "s");
            string end = $"last_{_column.Name}";
            yield return Compare(SqlOperation.Greater, moment, new SqlPlaceholder($"{end}_less_{_last.Count}_{unit}", _column.Type));
            yield return Compare(SqlOperation.LessOrEqual, moment, new SqlPlaceholder(end, _column.Type));
            yield break;
        }

        long after = RowWindow.Start(_last, _column.Type, upTo);
        if (after > long.MinValue)
        {
            yield return Compare(SqlOperation.Greater, moment, new SqlValue(_column.Type, after));
        }

        yield return Compare(SqlOperation.LessOrEqual, moment, new SqlValue(_column.Type, upTo));
    }

    private static SqlCall Compare(SqlOperation operation, SqlExpression left, SqlExpression right) =>
        new(ColumnType.Boolean, operation, [left, right]);
}
