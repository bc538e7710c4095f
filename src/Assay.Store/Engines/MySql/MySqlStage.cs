using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A staging table in MySQL or MariaDB.</summary>
internal sealed class MySqlStage : TableStage
{
    private readonly MySqlSession _session;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Makes the stage of a table that is there.</summary>
    public MySqlStage(SqlTable table, Schema columns, MySqlSession session, CancellationToken cancellationToken)
        : base(table, columns)
    {
        _session = session;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The most characters of each column's text; 0 for as many as there are.</summary>
    public required int[] Limits { get; init; }

    /// <summary>Whether rows are found by their key.</summary>
    public bool IsIndexed { get; set; }

    public override RowWriter OpenWriter()
    {
        var writer = new MySqlRowWriter(this, _session, _cancellationToken);
        WriterOpened();
        try
        {
            writer.Start();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }
}
