namespace Assay.Refine;

/// <summary>What a pipeline gives to a cleaning rule: nothing, a text, a list of texts, or named entries. At most one of the three is set.</summary>
public sealed record RuleArgument
{
    /// <summary>No argument: the rule is written as its bare name.</summary>
    public static RuleArgument None { get; } = new();

    /// <summary>The text, for <c>{ default: anonymous }</c>.</summary>
    public string? Text { get; init; }

    /// <summary>The texts, for <c>{ unit: [unit, units] }</c>.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>The entries, for <c>{ email: { invalid: "null" } }</c>; a null value was written as YAML's null.</summary>
    public IReadOnlyDictionary<string, string?>? Entries { get; init; }
}
