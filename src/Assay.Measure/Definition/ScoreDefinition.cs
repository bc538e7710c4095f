namespace Assay.Measure;

/// <summary>How rows are scored: points for each rule that holds, over statistics of all accepted rows.</summary>
public sealed record ScoreDefinition
{
    /// <summary>The output column of the points.</summary>
    public required string ScoreColumn { get; init; }

    /// <summary>The output column of the reasons, joined with "; " in the rules' order.</summary>
    public required string ReasonsColumn { get; init; }

    /// <summary>The least points for a row to count as flagged.</summary>
    public required int Minimum { get; init; }

    /// <summary>The name under which the summary gives the number of flagged rows.</summary>
    public required string Total { get; init; }

    /// <summary>The rules.</summary>
    public required IReadOnlyList<ScoreRule> Rules { get; init; }
}
