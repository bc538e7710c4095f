using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>An extract with its pages in reading order, as it told of them.</summary>
internal sealed record Extracted(RestExtract Extract, IReadOnlyList<RestPage> Pages)
{
    public long Records => Extract.Records;

    public long? DeclaredRecords => Extract.DeclaredRecords;

    public string? Watermark => Extract.Watermark;

    public IReadOnlyList<string> Collected => Extract.Collected;

    public IReadOnlyDictionary<string, string> CollectedFields => Extract.CollectedFields;

    public RestMetrics Metrics => Extract.Metrics;
}
