using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>The rows of a query of DuckDB.</summary>
internal sealed class DuckDbRows(DuckDbReader reader, RunningStatement running) : EngineReader
{
    public override bool Read(RowBatch into)
    {
        try
        {
            return reader.Read(into, anyWidth: true);
        }
        catch (Exception e) when (e is DuckDbException or OperationCanceledException)
        {
            throw DuckDbSession.Explained(e, running);
        }
    }

    public override void Dispose()
    {
        reader.Dispose();
        running.Dispose();
    }
}
