namespace Assay.Read.Rest;

/// <summary>One resource of a REST API: what is asked for, how its pages follow one another, and with how much patience.</summary>
public sealed record RestResource
{
    /// <summary>The source's name in the pipeline.</summary>
    public required string Name { get; init; }

    /// <summary>The address that <see cref="Path"/> is seen from; http or https.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>What to call <see cref="BaseUrl"/> where people read it; itself when null.</summary>
    public string? BaseLabel { get; init; }

    /// <summary>The path below <see cref="BaseUrl"/>, without a query; with a <see cref="Parent"/>, its placeholder
    /// <c>{resources.NAME.FIELD}</c> stands for a value of the parent's.</summary>
    public required string Path { get; init; }

    /// <summary>The query's parameters, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How requests say who asks.</summary>
    public RestAuthentication Authentication { get; init; } = RestAuthentication.None;

    /// <summary>How pages follow one another.</summary>
    public RestPaginator Paginator { get; init; } = RestPaginator.Auto;

    /// <summary>The dotted path of the records in a page, as <c>data.items</c>; null when the page is the list of them, or the one record.</summary>
    public string? Record { get; init; }

    /// <summary>How only what is new is asked for; null asks for everything.</summary>
    public RestIncremental? Incremental { get; init; }

    /// <summary>The resource whose records it is asked for once each; null for one that stands alone.</summary>
    public RestParent? Parent { get; init; }

    /// <summary>The dotted path of a field of its records, whose values another resource needs as its parent's; null collects nothing.</summary>
    public string? Collect { get; init; }

    /// <summary>Fields of its records that go along with each value of <see cref="Collect"/>: the names that they get, and their dotted paths.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CollectFields { get; init; } = [];

    /// <summary>By value of the <see cref="Parent"/>'s, what each record that is asked for under it gets besides its own fields: members
    /// of a JSON object, as <see cref="RestExtract.CollectedFields"/> has them.</summary>
    public IReadOnlyDictionary<string, string> ParentFields { get; init; } = new Dictionary<string, string>();

    /// <summary>How fast, and with how much patience.</summary>
    public RestLimits Limits { get; init; } = new();
}
