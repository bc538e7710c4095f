namespace Assay.App.Generate;

/// <summary>How much to generate, and from what.</summary>
public sealed record GenerateOptions
{
    /// <summary>How many rows, 0 or more. 10,000 is what the sample of a first run takes: made and read in a blink.</summary>
    public long Rows { get; init; } = 10_000;

    /// <summary>Where the random numbers start. Any number is as good as another; the same one gives the same bytes.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The share of rows that are made bad, from 0 to 1; null for the file's own.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>The day that timestamps count from; null for the file's own, never today, so that output repeats.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>How many blocks of rows are made at once. Has no influence on the output; by default all processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
