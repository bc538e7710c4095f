namespace Assay.Store.Tests.State;

/// <summary>Commits to try the state with.</summary>
internal static class Commits
{
    public static readonly DateTimeOffset At = new(2026, 3, 14, 9, 26, 53, 123, TimeSpan.Zero);

    public static RunCommit Load(long batch, params LoadedFile[] files) => new()
    {
        Pipeline = "shop",
        RunId = $"r{batch}",
        Batch = batch,
        Kind = BatchKind.Load,
        At = At.AddHours(batch),
        Files = files,
    };

    /// <summary>A file whose hash is one digit over and over.</summary>
    public static LoadedFile File(char digit, long rows = 10, string source = "drops") =>
        new(source, new string(digit, 64), $"{digit}.csv", rows * 100, rows, $"bronze/{source}/2026-03-14/{digit}.csv") { Format = "csv" };
}
