using System.Text.Json.Serialization;

namespace Assay.Store;

/// <summary>How far a run has come.</summary>
public enum RunStatus
{
    /// <summary>It has begun. One that says so while its process is gone was killed.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It is done, and its gold is published.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>A check did not hold, so its gold was not published.</summary>
    [JsonStringEnumMemberName("checks_failed")]
    ChecksFailed,

    /// <summary>It could not go on.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Someone ended it.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
