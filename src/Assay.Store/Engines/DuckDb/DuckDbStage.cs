using Assay.Data;
using Assay.DuckDb;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A staging table of DuckDB.</summary>
internal sealed class DuckDbStage : TableStage
{
    private readonly DuckDbDatabase _database;
    private readonly CancellationToken _cancellationToken;

    public DuckDbStage(DuckDbDatabase database, SqlTable table, Schema columns, CancellationToken cancellationToken)
        : base(table, columns)
    {
        _database = database;
        _cancellationToken = cancellationToken;
    }

    public override RowWriter OpenWriter()
    {
        try
        {
            var writer = new DuckDbWriter(_database, this, _cancellationToken);
            WriterOpened();
            return writer;
        }
        catch (DuckDbException e)
        {
            throw new EngineException(DuckDbDialect.Instance.Name, e.Message, e);
        }
    }
}
