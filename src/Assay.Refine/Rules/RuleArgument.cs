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

    /// <summary>A rule with this argument as one text, in which neither the order of entries nor how a list is written counts.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="maps">The pipeline's maps by name.</param>
    /// <returns>The text; equal for rules that do the same.</returns>
    public string Canonical(string rule, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> maps)
    {
        if (rule == "map")
        {
            // Spellings are looked up without regard to case, and it does not matter what the map is called.
            IEnumerable<KeyValuePair<string, string?>> map = Text is not null && maps.TryGetValue(Text, out IReadOnlyDictionary<string, string>? named)
                ? named.Select(entry => KeyValuePair.Create<string, string?>(entry.Key, entry.Value))
                : Entries ?? Enumerable.Empty<KeyValuePair<string, string?>>();
            return CanonicalText.Of(rule, Pairs(map.Select(entry => KeyValuePair.Create(entry.Key.ToUpperInvariant(), entry.Value))));
        }

        if (Entries is not null)
        {
            return CanonicalText.Of(rule, Pairs(Entries));
        }

        IReadOnlyList<string> items = Items ?? (Text is null ? [] : [Text]);
        return CanonicalText.Of(rule, CanonicalText.Of(
            rule == "null_if" ? [.. items.Select(item => item.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [.. items]));
    }

    private static string Pairs(IEnumerable<KeyValuePair<string, string?>> entries) => CanonicalText.Of(
        [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => new[] { entry.Key, entry.Value ?? "null" })]);
}
