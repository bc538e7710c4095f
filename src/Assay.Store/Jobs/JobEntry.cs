namespace Assay.Store;

/// <summary>A job as its database has it.</summary>
public sealed record JobEntry
{
    /// <summary>Its name, that nobody can guess: whoever knows it was told.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline that it runs.</summary>
    public required string Pipeline { get; init; }

    /// <summary>How it came about, in one word, such as <c>upload</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How far it has come.</summary>
    public JobStatus Status { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>Whether no other such job of its pipeline may run beside it, as they write the same layers.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Who asked for it: the name of an API key, or null where none are needed.</summary>
    public string? Owner { get; init; }

    /// <summary>What was asked for, as JSON; the database does not look into it.</summary>
    public required string Request { get; init; }

    /// <summary>What it came to, as JSON, when it is completed.</summary>
    public string? Results { get; init; }

    /// <summary>The run that it was, once it ended.</summary>
    public string? RunId { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The kind of failure, for programs.</summary>
    public string? ErrorType { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its place in the order in which jobs were asked for.</summary>
    public long Number { get; init; }

    /// <summary>Whether it has ended, one way or another.</summary>
    public bool IsEnded => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
