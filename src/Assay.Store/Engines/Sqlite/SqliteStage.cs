using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A staging table of SQLite.</summary>
internal sealed class SqliteStage : TableStage
{
    private readonly SqliteSession _session;
    private readonly SqliteDatabase _database;
    private readonly CancellationToken _cancellationToken;

    public SqliteStage(SqliteSession session, SqliteDatabase database, SqlTable table, Schema columns, CancellationToken cancellationToken)
        : base(table, columns)
    {
        _session = session;
        _database = database;
        _cancellationToken = cancellationToken;
    }

    public override RowWriter OpenWriter()
    {
        WriterOpened();
        return new SqliteWriter(_session, _database, this, _cancellationToken);
    }
}
