namespace Assay.Read.Rest;

/// <summary>What an extract of a resource came to.</summary>
public sealed record RestExtract
{
    /// <summary>How many pages it has, those that were known already too. The pages themselves are with the ledger.</summary>
    public required long Pages { get; init; }

    /// <summary>The records on them.</summary>
    public required long Records { get; init; }

    /// <summary>How many records the API says there are; null when it does not say so.</summary>
    public long? DeclaredRecords { get; init; }

    /// <summary>The greatest value of the incremental cursor, or the one that the extract began with; null without either.</summary>
    public string? Watermark { get; init; }

    /// <summary>The values of <see cref="RestResource.Collect"/>, each once, in reading order.</summary>
    public IReadOnlyList<string> Collected { get; init; } = [];

    /// <summary>By value of <see cref="Collected"/>, the <see cref="RestResource.CollectFields"/> of the first record that has it, as the
    /// members of a JSON object, without braces; a field that is not there is null. Empty without such fields.</summary>
    public IReadOnlyDictionary<string, string> CollectedFields { get; init; } = new Dictionary<string, string>();

    /// <summary>What it took.</summary>
    public required RestMetrics Metrics { get; init; }
}
