using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A staging table that rows are written to.</summary>
public abstract class TableStage
{
    private protected TableStage(SqlTable table, Schema columns)
    {
        Table = table;
        Columns = columns;
    }

    /// <summary>The table that the rows are for.</summary>
    public SqlTable Table { get; }

    /// <summary>The columns that batches have.</summary>
    public Schema Columns { get; }

    /// <summary>Opens a writer; each worker has its own. May be called from several threads.</summary>
    /// <returns>The writer.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract RowWriter OpenWriter();
}
