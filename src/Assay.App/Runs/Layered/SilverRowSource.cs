using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Reads tables of silver row by row, for documents.</summary>
internal sealed class SilverRowSource(
    AssayHome home, IReadOnlyDictionary<string, CleaningPlan> plans, IReadOnlyDictionary<string, SilverSnapshot> snapshots, CancellationToken cancellationToken)
{
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The rows of a table.</summary>
    /// <param name="wanted">The table, the columns and the order.</param>
    /// <returns>The rows; they are read as they are gone through.</returns>
    public OutputTable Rows(OutputRows wanted)
    {
        CleaningPlan plan = plans[wanted.From];
        IReadOnlyList<string> key = plan.Table.Key;

        // The key comes last among the terms, so that rows have one order whatever the files are.
        (string Column, bool Descending)[] order =
            [.. wanted.OrderBy, .. key.Except(wanted.OrderBy.Select(term => term.Column), StringComparer.Ordinal).Select(column => (column, false))];
        string[] read = [.. wanted.Columns, .. order.Select(term => term.Column).Except(wanted.Columns, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
        var schema = new Schema([.. read.Select(name => plan.Schema.Columns[plan.Schema.IndexOf(name)])]);
        bool isStored = order.Select(term => term.Column).SequenceEqual(key) && order.All(term => !term.Descending);
        return new OutputTable(
            new Schema([.. schema.Columns.Take(wanted.Columns.Count)]),
            Read(snapshots[wanted.From], schema, wanted.Columns.Count, [.. order.Select(term => (schema.IndexOf(term.Column), term.Descending))], isStored));
    }

    private IEnumerable<IReadOnlyList<object?>> Read(SilverSnapshot snapshot, Schema schema, int shown, (int, bool)[] order, bool isStored)
    {
        using SilverScan scan = SilverScan.Open(home, snapshot, schema, cancellationToken);
        var texts = new TextPool();
        using SilverCursor cursor = scan.OpenCursor(texts, order, isStored, cancellationToken);
        var batch = new RowBatch(schema, texts);
        while (cursor.Read(batch))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                object?[] cells = new object?[shown];
                for (int column = 0; column < shown; column++)
                {
                    cells[column] = Cell(batch.Column(column), row, schema.Columns[column].Type, texts);
                }

                yield return cells;
            }

            texts.TrimIfLarge();
        }
    }

    private static object? Cell(Vector vector, int row, ColumnType type, TextPool texts) => vector.IsNull(row)
        ? null
        : type.Kind switch
        {
            ColumnKind.String => texts.GetString((int)vector.Values[row]),
            ColumnKind.Integer or ColumnKind.Decimal => vector.Get(row),
            ColumnKind.Boolean => vector.Values[row] != 0,
            ColumnKind.Date => DateOnly.FromDayNumber((int)vector.Values[row] + EpochDay),
            _ => Moments.FromCell(vector.Values[row], type),
        };
}
