using Microsoft.Data.Sqlite;

namespace Assay.Store;

/// <summary>A job as a row of its table.</summary>
internal static class JobRow
{
    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "number, id, pipeline, type, status, attempt, exclusive, owner, request, results, run_id, error, error_type, created_at, started_at, ended_at";

    public static JobEntry Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Id = row.GetString(1),
        Pipeline = row.GetString(2),
        Type = row.GetString(3),
        Status = Status(row.GetString(4)),
        Attempt = row.GetInt32(5),
        IsExclusive = row.GetInt64(6) == 1,
        Owner = Text(row, 7),
        Request = row.GetString(8),
        Results = Text(row, 9),
        RunId = Text(row, 10),
        Error = Text(row, 11),
        ErrorType = Text(row, 12),
        CreatedAt = StateText.Moment(row.GetString(13)),
        StartedAt = Moment(row, 14),
        EndedAt = Moment(row, 15),
    };

    public static string Text(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
        JobStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static JobStatus Status(string text) => text switch
    {
        "queued" => JobStatus.Queued,
        "running" => JobStatus.Running,
        "completed" => JobStatus.Completed,
        "failed" => JobStatus.Failed,
        _ => JobStatus.Cancelled,
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : StateText.Moment(row.GetString(column));
}
