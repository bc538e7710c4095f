using System.Text.Json.Serialization;

namespace Assay.Store;

/// <summary>What a check that does not hold leads to.</summary>
public enum CheckSeverity
{
    /// <summary>It is told, and the run goes on.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Nothing is published.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
