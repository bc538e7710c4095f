using Assay.Data;
using Assay.Sql;
using Npgsql;

namespace Assay.Store;

/// <summary>A staging table in PostgreSQL.</summary>
internal sealed class PostgresStage : TableStage
{
    private readonly NpgsqlDataSource _source;
    private readonly ServerTarget _target;
    private readonly string _copy;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Makes the stage of a table that is there.</summary>
    public PostgresStage(
        SqlTable table, Schema columns, SqlDialect dialect, NpgsqlDataSource source, ServerTarget target, CancellationToken cancellationToken)
        : base(table, columns)
    {
        _source = source;
        _target = target;
        _cancellationToken = cancellationToken;
        string names = string.Join(", ", columns.Columns.Select(column => dialect.Quote(column.Name)));
        _copy = $"COPY {dialect.Quote(Name)} ({names}) FROM STDIN (FORMAT binary)";
    }

    /// <summary>Whether the staging table is such that it can take the table's place.</summary>
    public bool CanSwap { get; init; }

    public override RowWriter OpenWriter()
    {
        var writer = new PostgresRowWriter(this, _source.CreateConnection(), _target, _cancellationToken);
        WriterOpened();
        try
        {
            writer.Start(_copy);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }
}
