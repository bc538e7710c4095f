using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Assay.Data;
using Vector = Assay.Data.Vector;

namespace Assay.Store;

/// <summary>The rows of a query through an ADO.NET driver. What a driver gives another way, its own class reads.</summary>
internal class AdoReader : EngineReader
{
    private readonly AdoRun _run;
    private readonly TextPool _texts;
    private DbDataReader? _rows;

    /// <summary>Runs the command.</summary>
    /// <param name="run">The command; it is disposed of with the reader.</param>
    /// <param name="texts">The pool that batches have.</param>
    public AdoReader(AdoRun run, TextPool texts)
    {
        _run = run;
        _texts = texts;
        try
        {
            // MySQL's driver gives no reader for a query that was ended.
            _rows = run.Do(run.Command.ExecuteReader) ?? throw run.Explain(new OperationCanceledException("the database ended the query"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override bool Read(RowBatch into)
    {
        ObjectDisposedException.ThrowIf(_rows is null, this);
        into.Count = 0;
        foreach (Vector vector in into.Columns)
        {
            vector.Clear();
        }

        try
        {
            _run.ThrowIfEnded();
            int capacity = into.Columns.Length == 0 ? RowBatch.DefaultCapacity : into.Columns[0].Capacity;
            while (into.Count < capacity && _rows.Read())
            {
                ReadRow(_rows, into);
                into.Count++;
            }
        }
        catch (Exception e) when (_run.IsFailure(e))
        {
            throw _run.Explain(e);
        }

        return into.Count > 0;
    }

    public override void Dispose()
    {
        try
        {
            _rows?.Dispose();
        }
        catch (Exception e) when (_run.IsFailure(e))
        {
            // The query failed or was ended; who read it knows.
        }
        finally
        {
            _rows = null;
            _run.Dispose();
            _run.Command.Dispose();
        }
    }

    /// <summary>Whether a cell is null.</summary>
    private protected virtual bool IsNull(DbDataReader rows, int column) => rows.IsDBNull(column);

    /// <summary>A text as a code of the pool.</summary>
    private protected virtual int Text(DbDataReader rows, int column, TextPool texts) => texts.Intern(rows.GetString(column));

    /// <summary>A number in units of 10^-scale, exact.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    /// <exception cref="FormatException">It has more digits after the point than its type, or is no number.</exception>
    private protected virtual Int128 Number(DbDataReader rows, int column, ColumnType type) =>
        Units(rows.GetValue(column), type.Scale);

    /// <summary>1 or 0.</summary>
    private protected virtual long Truth(DbDataReader rows, int column) => rows.GetValue(column) switch
    {
        bool truth => truth ? 1 : 0,
        var number => Units(number, 0) != 0 ? 1 : 0,
    };

    /// <summary>Days since 1970.</summary>
    private protected virtual long Day(DbDataReader rows, int column) => SqlCells.DaysOf(rows.GetFieldValue<DateOnly>(column));

    /// <summary>Microseconds since 1970.</summary>
    private protected virtual long Moment(DbDataReader rows, int column) => SqlCells.MicrosecondsOf(rows.GetDateTime(column));

    /// <summary>A driver's number in units of 10^-scale.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    /// <exception cref="FormatException">It has more digits after the point, or is no number.</exception>
    private protected static Int128 Units(object number, int scale) => number switch
    {
        long or int or short or sbyte or byte or ushort or uint => checked(Convert.ToInt64(number, CultureInfo.InvariantCulture) * Decimals.PowerOfTen(scale)),
        ulong whole => checked(whole * Decimals.PowerOfTen(scale)),
        BigInteger large => checked((Int128)large * Decimals.PowerOfTen(scale)),
        decimal fraction => DecimalText.Units(fraction.ToString(CultureInfo.InvariantCulture), scale),
        string text => DecimalText.Units(text, scale),
        _ => throw new FormatException($"a {number.GetType().Name} is no exact number"),
    };

    private void ReadRow(DbDataReader rows, RowBatch into)
    {
        for (int column = 0; column < into.Columns.Length; column++)
        {
            Vector vector = into.Columns[column];
            bool isNull = IsNull(rows, column);
            vector.SetNull(into.Count, isNull);
            if (isNull)
            {
                vector.Set(into.Count, 0);
                continue;
            }

            try
            {
                vector.Set(into.Count, Cell(rows, column, vector.Type));
            }
            catch (Exception e) when (e is OverflowException or FormatException or InvalidCastException)
            {
                throw new EngineException(_run.Engine, $"column '{into.Schema.Columns[column].Name}' should be {vector.Type}: {e.Message}", e);
            }
        }
    }

    private Int128 Cell(DbDataReader rows, int column, ColumnType type) => type.Kind switch
    {
        ColumnKind.String => Text(rows, column, _texts),
        ColumnKind.Boolean => Truth(rows, column),
        ColumnKind.Date => Day(rows, column),
        ColumnKind.Timestamp => Moment(rows, column),
        _ => Number(rows, column, type),
    };
}
