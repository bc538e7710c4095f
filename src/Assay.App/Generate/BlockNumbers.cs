namespace Assay.App.Generate;

/// <summary>Hands out the blocks of a run, each once, in order.</summary>
/// <param name="rows">The rows of the run.</param>
/// <param name="rowsPerBlock">The rows of every block but the last.</param>
internal sealed class BlockNumbers(long rows, int rowsPerBlock)
{
    private long _next = -1;

    /// <summary>Takes the next block.</summary>
    /// <returns>Its number, its first row and how many rows it has: 0 when there is none left.</returns>
    public (long Number, long First, int Rows) Next()
    {
        long number = Interlocked.Increment(ref _next);
        long first = number * rowsPerBlock;
        return (number, first, (int)Math.Clamp(rows - first, 0, rowsPerBlock));
    }
}
