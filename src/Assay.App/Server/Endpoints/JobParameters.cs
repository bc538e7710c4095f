namespace Assay.App.Server;

/// <summary>The values that requests for jobs take.</summary>
internal static class JobParameters
{
    public const string ChunkSizeName = "chunk_size";
    public const string PipelineName = "pipeline";
    public const string KeepSilverName = "keep_silver";
    public const string RowsName = "num_rows";
    public const int LeastChunk = 100;
    public const int MostChunk = 10_000;

    public static ApiParameter ChunkSize { get; } = new(ChunkSizeName, "Told back; it has no effect") { Least = LeastChunk, Most = MostChunk };

    public static ApiParameter Pipeline { get; } = new(PipelineName, "The pipeline; the server's default unless given");

    public static ApiParameter KeepSilver { get; } = new(KeepSilverName, "Whether the clean rows are kept with the job, of a pipeline that keeps none itself; true unless given") { IsFlag = true };

    public static ApiParameter Rows(long least, long most) => new(RowsName, "How many rows of input are generated") { Least = least, Most = most };
}
