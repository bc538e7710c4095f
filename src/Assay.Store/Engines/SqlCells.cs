using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>Cells on their way between results, statements and batches.</summary>
internal static class SqlCells
{
    private static readonly int FirstDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>A cell of a <see cref="ResultTable"/> as a statement's value.</summary>
    /// <exception cref="ArgumentException">The cell is not what its column's type calls for.</exception>
    public static SqlValue Of(object? cell, ColumnType type) => (type.Kind, cell) switch
    {
        (_, null) => SqlValue.Null(type),
        (ColumnKind.String, string text) => new SqlValue(type, 0, text),
        (ColumnKind.Integer or ColumnKind.Decimal, Int128 units) => new SqlValue(type, units),
        (ColumnKind.Boolean, bool truth) => new SqlValue(type, truth ? 1 : 0),
        (ColumnKind.Date, DateOnly date) => new SqlValue(type, DaysOf(date)),
        (ColumnKind.Timestamp, DateTime moment) => new SqlValue(type, MicrosecondsOf(moment)),
        _ => throw new ArgumentException($"A {cell.GetType().Name} cannot be a cell of type {type}.", nameof(cell)),
    };

    /// <summary>All rows of a query, for the small ones that Assay keeps its books with.</summary>
    public static List<SqlValue[]> Rows(this EngineSession session, SelectStatement query, CancellationToken cancellationToken)
    {
        var batch = new RowBatch(query.Result, new TextPool(), 256);
        var rows = new List<SqlValue[]>();
        using EngineReader reader = session.Query(query, batch.Texts, cancellationToken);
        while (reader.Read(batch))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                int at = row;
                rows.Add([.. Enumerable.Range(0, batch.Columns.Length).Select(column => Cell(batch, column, at))]);
            }
        }

        return rows;
    }

    /// <summary>Sets a batch's rows.</summary>
    /// <param name="batch">A batch that has room for them.</param>
    /// <param name="rows">The rows, with a value for each of the batch's columns.</param>
    public static void Set(this RowBatch batch, IReadOnlyList<IReadOnlyList<SqlValue>> rows)
    {
        for (int column = 0; column < batch.Columns.Length; column++)
        {
            Vector vector = batch.Columns[column];
            vector.Clear();
            for (int row = 0; row < rows.Count; row++)
            {
                SqlValue value = rows[row][column];
                vector.SetNull(row, value.IsNull);
                vector.Set(row, value.Text is { } text ? batch.Texts.Intern(text) : value.Units);
            }
        }

        batch.Count = rows.Count;
    }

    /// <summary>Sets a cell of numbers, which moves the vector to 128 bits when it needs them.</summary>
    public static void Set(this Vector vector, int row, Int128 value)
    {
        if (!vector.IsWide)
        {
            if (value == (long)value)
            {
                vector.Values[row] = (long)value;
                return;
            }

            Span<Int128> wide = vector.Wide;
            for (int before = 0; before < row; before++)
            {
                wide[before] = vector.Values[before];
            }

            vector.IsWide = true;
        }

        vector.Wide[row] = value;
    }

    /// <summary>Sets whether a cell is null; a batch's cells are set row by row, from the first.</summary>
    public static void SetNull(this Vector vector, int row, bool isNull)
    {
        if (isNull && !vector.HasNulls)
        {
            vector.HasNulls = true;
            Array.Clear(vector.Nulls, 0, row);
        }

        if (vector.HasNulls)
        {
            vector.Nulls[row] = isNull;
        }
    }

    /// <summary>Makes a vector ready to be filled row by row.</summary>
    public static void Clear(this Vector vector)
    {
        vector.HasNulls = false;
        vector.IsWide = false;
        vector.IsRaw = false;
    }

    public static long DaysOf(DateOnly date) => date.DayNumber - FirstDay;

    public static DateOnly DateOf(long days) => DateOnly.FromDayNumber((int)days + FirstDay);

    public static long MicrosecondsOf(DateTime moment) => (moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A moment of unspecified kind.</summary>
    public static DateTime MomentOf(long microseconds) => new(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond));

    private static SqlValue Cell(RowBatch batch, int column, int row)
    {
        Vector vector = batch.Columns[column];
        return vector.IsNull(row) ? SqlValue.Null(vector.Type)
            : vector.Type.Kind == ColumnKind.String ? new SqlValue(vector.Type, 0, batch.Texts.GetString((int)vector.Values[row]))
            : new SqlValue(vector.Type, vector.Get(row));
    }
}
