namespace Assay.App.MockApi;

/// <summary>How much a made-up API serves, and what goes wrong with it.</summary>
internal sealed record MockApiSettings
{
    /// <summary>Where the random numbers of records and faults start; the same one gives the same of both.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>How many records the datasets have, by name; for those not named what the file says. The name of none
    /// stands for the only one.</summary>
    public IReadOnlyDictionary<string, long> Records { get; init; } = new Dictionary<string, long>();

    /// <summary>A JSON file whose arrays are served instead of what the definition names, or null.</summary>
    public string? DataFile { get; init; }

    /// <summary>The share of requests that are answered with 500 or 503.</summary>
    public double FailRate { get; init; }

    /// <summary>The share that are answered with 429.</summary>
    public double RateLimitRate { get; init; }

    /// <summary>The share whose connection is reset before an answer.</summary>
    public double ResetRate { get; init; }

    /// <summary>The share whose body breaks off.</summary>
    public double TruncateRate { get; init; }

    /// <summary>The share whose body is no JSON.</summary>
    public double MalformedRate { get; init; }

    /// <summary>The share of records that are listed twice.</summary>
    public double DuplicateRate { get; init; }

    /// <summary>The share of records that are counted but not listed.</summary>
    public double MissingRate { get; init; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The page after which records have a field more; null when they never do.</summary>
    public int? SchemaChangeAfter { get; init; }

    /// <summary>How many requests of one second are let in before others are answered with 429; null lets in all.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The file that gets a line for each request, or null.</summary>
    public string? LogFile { get; init; }
}
