using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>The table <c>pipeline_runs</c>: a row for each run that a database took part in, whatever became of it. The row of
/// a completed run comes with what it publishes, in one transaction.</summary>
public static class EngineRuns
{
    /// <summary>Writes a run's row, in place of one that it has already.</summary>
    /// <param name="session">The session; its tables were set up.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static void Write(EngineSession session, EngineRun run, CancellationToken cancellationToken = default)
    {
        OwnTables.Delete(session, OwnTables.Runs, cancellationToken, ("run_id", run.RunId));
        OwnTables.Insert(
            session, OwnTables.Runs, cancellationToken,
            SqlValue.Of(run.RunId), SqlValue.Of(run.Pipeline), SqlValue.Of(run.Engine), Moment(run.Started), Moment(run.Finished),
            SqlValue.Of(run.Status.Name()), Count(run.Books?.Read), Count(run.Books?.Accepted), Count(run.Books?.Quarantined),
            new SqlValue(OwnTables.Seconds, (Int128)(run.Finished - run.Started).TotalMilliseconds));
    }

    private static SqlValue Moment(DateTimeOffset moment) => new(ColumnType.Timestamp, SqlCells.MicrosecondsOf(moment.UtcDateTime));

    private static SqlValue Count(long? rows) => rows is { } known ? SqlValue.Of(known) : SqlValue.Null(ColumnType.Integer);
}
