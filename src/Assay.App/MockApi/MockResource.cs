namespace Assay.App.MockApi;

/// <summary>A list of records that an API serves.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Dataset">Where its records come from: a dataset that is generated, or an array of a JSON file.</param>
/// <param name="Key">The field that tells its records apart.</param>
/// <param name="Paging">How it is handed out.</param>
/// <param name="Envelope">What stands around the records of a page.</param>
/// <param name="Nested">The resources that are asked for under one of its records, with the field that names the record.</param>
internal sealed record MockResource(
    string Name, string Dataset, string Key, MockPaging Paging, Envelope Envelope, IReadOnlyDictionary<string, string> Nested)
{
    /// <summary>How only what is new is asked for; null when it cannot be.</summary>
    public MockIncremental? Incremental { get; init; }

    /// <summary>A bare list, as an array of a JSON file is served of which nothing is said.</summary>
    public static MockResource Bare(string name) =>
        new(name, name, "id", MockPaging.None, Envelope.None, new Dictionary<string, string>());
}
