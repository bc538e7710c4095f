using System.Text.Json;

namespace Assay.Store;

/// <summary>What is known about a run, kept as <c>runs/&lt;run-id&gt;/manifest.json</c>.</summary>
public sealed record RunManifest
{
    private const string FileName = "manifest.json";

    /// <summary>The pipeline that ran.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The run's name, from <see cref="Store.RunId"/>.</summary>
    public required string RunId { get; init; }

    /// <summary>How far it has come.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, in UTC; null while it runs.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The process that runs it, on the machine it runs on.</summary>
    public int ProcessId { get; init; }

    /// <summary>A fingerprint of the configuration it ran with, in lower-case hexadecimal.</summary>
    public required string ConfigurationHash { get; init; }

    /// <summary>What computed the KPIs, such as <c>memory</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>How many threads worked on it.</summary>
    public int Threads { get; init; }

    /// <summary>The number of the batch it committed, or was about to; null when the pipeline keeps no silver.</summary>
    public long? Batch { get; init; }

    // Reading a manifest sets what it does not tell to null; such getters make that empty.

    /// <summary>The layers that the pipeline keeps; empty when only gold is kept.</summary>
    public IReadOnlyList<string> Layers { get => field ?? []; init; }

    /// <summary>The layer that it stopped after, when it was told to stop.</summary>
    public string? Until { get; init; }

    /// <summary>The moment that the KPIs were computed for, in the pipeline's time zone, when one of them depends on it.</summary>
    public string? AsOf { get; init; }

    /// <summary>The files it read, in reading order.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    /// <summary>By table, what became of its rows.</summary>
    public IReadOnlyDictionary<string, RunBooks> Books { get; init; } = new Dictionary<string, RunBooks>();

    /// <summary>By table, what became of all rows that silver was made from, those of earlier batches too; empty
    /// without silver.</summary>
    public IReadOnlyDictionary<string, RunBooks> CumulativeBooks { get => field ?? new Dictionary<string, RunBooks>(); init; }

    /// <summary>By table, what it changed in silver; empty without silver.</summary>
    public IReadOnlyDictionary<string, SilverRows> Silver { get => field ?? new Dictionary<string, SilverRows>(); init; }

    /// <summary>By earlier run, how many of its records were replayed; empty unless it is a replay.</summary>
    public IReadOnlyDictionary<string, long> Replays { get => field ?? new Dictionary<string, long>(); init; }

    /// <summary>By source, the fields that no column reads and nobody said are known: those of earlier runs, and its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UnknownFields
    {
        get => field ?? new Dictionary<string, IReadOnlyList<string>>();
        init;
    }

    /// <summary>By source, those of them that no run before had.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NewFields
    {
        get => field ?? new Dictionary<string, IReadOnlyList<string>>();
        init;
    }

    /// <summary>By source, what it asked of APIs; empty when it asked none.</summary>
    public IReadOnlyDictionary<string, RunRequests> Requests { get => field ?? new Dictionary<string, RunRequests>(); init; }

    /// <summary>What its checks found, when that is kept.</summary>
    public IReadOnlyList<CheckOutcome> Checks { get => field ?? []; init; }

    /// <summary>How long its parts took, in their order.</summary>
    public IReadOnlyList<RunTiming> Timings { get; init; } = [];

    /// <summary>Rows read a second, over the whole run.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>Megabytes (of a million bytes) read a second, over the whole run.</summary>
    public double MegabytesPerSecond { get; init; }

    /// <summary>The most memory the process had resident at once, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>What it ran on.</summary>
    public required RunVersions Versions { get; init; }

    /// <summary>The exit code of the process; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The file of a run's manifest.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="runId">The run.</param>
    /// <returns>A full path.</returns>
    public static string PathOf(AssayHome home, string runId) => Path.Combine(home.Run(runId), FileName);

    /// <summary>Writes the manifest, in the place of an earlier one of the run.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <exception cref="StoreException">It could not be written; an earlier one is as it was.</exception>
    public void Save(AssayHome home)
    {
        // That a run began need not outlive a power failure, which ends the run as well.
        AtomicFile.Write(PathOf(home, RunId), Write, durable: Status != RunStatus.Running);

        void Write(Stream output)
        {
            using (var writer = new Utf8JsonWriter(output, JsonTable.Layout))
            {
                ManifestText.Write(writer, this);
            }

            output.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads a run's manifest.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The manifest, or null when the run has none.</returns>
    /// <exception cref="JsonException">The file is not a manifest.</exception>
    public static RunManifest? Load(AssayHome home, string runId)
    {
        string path = PathOf(home, runId);
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream file = File.OpenRead(path);
        return JsonSerializer.Deserialize(file, ManifestJson.Default.RunManifest);
    }
}
