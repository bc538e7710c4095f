namespace Assay.App.Generate;

/// <summary>How much to generate, and from what.</summary>
public sealed record GenerateOptions
{
    /// <summary>The rows of a dataset for which neither the options nor the file name a number: made and read in
    /// a blink, as the sample of a first run should be.</summary>
    public const long DefaultRows = 10_000;

    /// <summary>How many rows the dataset that is generated has, 0 or more; null for what <see cref="DatasetRows"/>
    /// says, then the file, then <see cref="DefaultRows"/>.</summary>
    public long? Rows { get; init; }

    /// <summary>How many rows the datasets have, by name; the file's own numbers for those not named. It matters
    /// also for a dataset that is not generated itself, when rows of it are referred to.</summary>
    public IReadOnlyDictionary<string, long> DatasetRows { get; init; } = new Dictionary<string, long>();

    /// <summary>Where the random numbers start. Any number is as good as another; the same one gives the same bytes.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The share of records that are made bad, from 0 to 1; null for the file's own. When rows and their
    /// lines have errors of their own, it is divided among them as the file's rates are.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>The day that timestamps count from; null for the file's own, never today, so that output repeats.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Which part of the rows is written, of a dataset that can be parted; null for all of them.</summary>
    public GeneratePart? Part { get; init; }

    /// <summary>Whether files that are there already are replaced. The default suits a sample, which is made anew
    /// when what it declares has changed.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>How many blocks of rows are made at once. Has no influence on the output; by default all processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
