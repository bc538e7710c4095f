using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A table as Assay's books have it.</summary>
/// <param name="Table">Whose it is.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record BookedTable(OwnedTable Table, IReadOnlyList<BookedColumn> Columns)
{
    private const string PlainKind = "table";
    private const string KpiKind = "kpi";

    /// <summary>All tables of the books, by name.</summary>
    public static Dictionary<string, BookedTable> ReadAll(EngineSession session, CancellationToken cancellationToken)
    {
        ILookup<string, BookedColumn> columns = OwnTables.Rows(session, OwnTables.Columns, null, cancellationToken).ToLookup(
            row => row[0].Text!,
            row => new BookedColumn(
                row[1].Text!, (int)row[2].Units, row[3].Text!, row[4].Units != 0, row[5].IsNull ? 0 : (int)row[5].Units, row[6].Text));
        return OwnTables.Rows(session, OwnTables.Tables, null, cancellationToken).ToDictionary(
            row => row[0].Text!,
            row => new BookedTable(
                new OwnedTable(row[0].Text!, row[1].Text!, row[2].Text == KpiKind),
                [.. columns[row[0].Text!].OrderBy(column => column.Place)]),
            StringComparer.Ordinal);
    }

    /// <summary>Writes a table into the books, in place of what they have under its name. The books come before the table,
    /// so that no table is ever without its owner.</summary>
    public static void Write(EngineSession session, SqlTable table, bool isKpi, CancellationToken cancellationToken)
    {
        Remove(session, table.Name, cancellationToken);
        OwnTables.Insert(
            session, OwnTables.Tables, cancellationToken,
            SqlValue.Of(table.Name), SqlValue.Of(session.Owner), SqlValue.Of(isKpi ? KpiKind : PlainKind));
        for (int place = 0; place < table.Columns.Count; place++)
        {
            Write(session, table, BookedColumn.Of(table, place), cancellationToken);
        }
    }

    /// <summary>Writes a column of a table into the books, in place of what they have under its name.</summary>
    public static void Write(EngineSession session, SqlTable table, BookedColumn column, CancellationToken cancellationToken)
    {
        OwnTables.Delete(session, OwnTables.Columns, cancellationToken, ("table_name", table.Name), ("column_name", column.Name));
        OwnTables.Insert(
            session, OwnTables.Columns, cancellationToken,
            SqlValue.Of(table.Name), SqlValue.Of(column.Name), SqlValue.Of(column.Place), SqlValue.Of(column.Type),
            new SqlValue(ColumnType.Boolean, column.IsRequired ? 1 : 0),
            column.KeyPlace == 0 ? SqlValue.Null(ColumnType.Integer) : SqlValue.Of(column.KeyPlace),
            column.RefersTo is null ? SqlValue.Null(ColumnType.String) : SqlValue.Of(column.RefersTo));
    }

    /// <summary>Takes a table out of the books.</summary>
    public static void Remove(EngineSession session, string table, CancellationToken cancellationToken)
    {
        foreach (SqlTable books in new[] { OwnTables.Parts, OwnTables.Columns, OwnTables.Tables })
        {
            OwnTables.Delete(session, books, cancellationToken, ("table_name", table));
        }
    }
}
