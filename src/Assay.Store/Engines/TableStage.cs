using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A staging table that rows are written to.</summary>
public abstract class TableStage
{
    private int _open;
    private long _rows;

    private protected TableStage(SqlTable table, Schema columns)
    {
        Table = table;
        Columns = columns;
    }

    /// <summary>The table that the rows are for.</summary>
    public SqlTable Table { get; }

    /// <summary>The columns that batches have.</summary>
    public Schema Columns { get; }

    /// <summary>The staging table's name.</summary>
    internal string Name => Table.Name + EngineSession.StagingSuffix;

    /// <summary>Whether a writer is at work.</summary>
    internal bool IsOpen => Volatile.Read(ref _open) > 0;

    /// <summary>The rows that writers have completed.</summary>
    internal long Rows => Interlocked.Read(ref _rows);

    /// <summary>Opens a writer; each worker has its own. May be called from several threads.</summary>
    /// <returns>The writer.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract RowWriter OpenWriter();

    /// <summary>Whether a table has the columns of the rows, in their order, and no more.</summary>
    internal bool HasColumns(IEnumerable<string> names) => names.SequenceEqual(Columns.Columns.Select(column => column.Name), StringComparer.Ordinal);

    /// <summary>What makes the staging table.</summary>
    /// <param name="table">The table that the rows are for.</param>
    /// <param name="columns">The columns that batches have.</param>
    /// <param name="takesPlace">Whether it may take the table's place, and so refuses the nulls that the table does.</param>
    internal static CreateTable Definition(SqlTable table, Schema columns, bool takesPlace = false) => new(new SqlTable(
        table.Name + EngineSession.StagingSuffix,
        [.. columns.Columns.Select(column => new SqlColumn(column.Name, column.Type, takesPlace && IsRequired(table, column.Name)))])
    {
        // Staging has no key, but its columns are to be of the same types as those they are compared with.
        Key = table.Key,
    })
    {
        IsStaging = true,
    };

    private static bool IsRequired(SqlTable table, string name) => table.Columns.Any(column => column.Name == name && column.IsRequired);

    /// <summary>A writer calls it when it starts.</summary>
    private protected void WriterOpened() => Interlocked.Increment(ref _open);

    /// <summary>A writer calls it when its rows are there.</summary>
    internal void RowsWritten(long rows) => Interlocked.Add(ref _rows, rows);

    /// <summary>A writer calls it when it ends, once.</summary>
    internal void WriterEnded() => Interlocked.Decrement(ref _open);
}
