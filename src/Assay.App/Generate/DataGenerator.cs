using System.Threading.Channels;

namespace Assay.App.Generate;

/// <summary>Generates rows of messy data: the same bytes for the same plan, seed, rate and start, on any machine
/// and any number of threads. Fewer rows are the beginning of more rows.</summary>
public static class DataGenerator
{
    // About 1 MB of text for rows of usual length: large writes, and buffers that stay small.
    private const int RowsPerBlock = 8 * RowBlock.Capacity;

    // Bounds the buffers for plans with very long rows.
    private const int MostBlockBytes = 4 << 20;

    /// <summary>Writes a header and rows as CSV in UTF-8. Memory does not grow with the number of rows.</summary>
    /// <param name="plan">What to generate.</param>
    /// <param name="output">Gets the bytes; it is neither flushed to disk nor closed.</param>
    /// <param name="options">How much, and from what.</param>
    /// <param name="progress">Told the rows written so far, about every 8,000 rows.</param>
    /// <param name="cancellationToken">Stops the work; the output then holds a part.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range, or the start date brings
    /// a timestamp outside of the years 1 to 9999.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static async Task<GenerateResult> RunAsync(
        GeneratePlan plan,
        Stream output,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        Check(plan, options);

        RowProgram program = plan.Program;
        double errorRate = options.ErrorRate ?? plan.ErrorRate;
        long start = (options.Start ?? plan.Start).DayNumber * TimestampStep.SecondsPerDay;
        ulong[] keys = [.. program.Streams.Select(stream => RandomStream.Key(options.Seed, stream))];
        int maxRowBytes = (int)program.MaxRowBytes();
        int rowsPerBlock = Math.Clamp(MostBlockBytes / maxRowBytes, 1, RowsPerBlock);
        int threads = (int)Math.Clamp((options.Rows + rowsPerBlock - 1) / rowsPerBlock, 1, options.Threads);
        RowWorker[] workers = [.. Enumerable.Range(0, threads).Select(_ => new RowWorker(program, keys, start, errorRate))];

        byte[] header = program.Header();
        await output.WriteAsync(header, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Two buffers beyond the workers' own: one being written, one waiting for its turn.
        Channel<OutputBlock> free = Channel.CreateUnbounded<OutputBlock>();
        Channel<OutputBlock> made = Channel.CreateUnbounded<OutputBlock>();
        int buffers = threads + 2;
        for (int i = 0; i < buffers; i++)
        {
            free.Writer.TryWrite(new OutputBlock(rowsPerBlock * maxRowBytes));
        }

        var numbers = new BlockNumbers(options.Rows, rowsPerBlock);
        Task[] working = [.. workers.Select(worker => Task.Run(
            () => WorkAsync(worker, numbers, free.Reader, made.Writer, stop), CancellationToken.None))];
        Task ended = CloseWhenDoneAsync(working, made.Writer);
        long bytes;
        try
        {
            bytes = await WriteInOrderAsync(made.Reader, free.Writer, buffers, output, progress, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await ended;
        }

        return new GenerateResult
        {
            Rows = options.Rows,
            Bytes = header.Length + bytes,
            RowsWithErrors = workers.Sum(worker => worker.RowsWithErrors),
            Errors = [.. program.Errors.Select((kind, i) => new ErrorCount(kind.Name, workers.Sum(worker => worker.ErrorCounts[i])))],
        };
    }

    private static void Check(GeneratePlan plan, GenerateOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Rows, "rows");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, "threads");
        if (options.ErrorRate is { } rate && !(rate >= 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException("error-rate", rate, "The error rate must lie between 0 and 1.");
        }

        long start = (options.Start ?? plan.Start).DayNumber * TimestampStep.SecondsPerDay;
        long last = ((DateOnly.MaxValue.DayNumber + 1) * TimestampStep.SecondsPerDay) - 1;
        if (start + plan.Program.TimeSpan.Earliest < 0 || start + plan.Program.TimeSpan.Latest > last)
        {
            throw new ArgumentOutOfRangeException(
                "start", options.Start, "Timestamps from this start would leave the years 1 to 9999.");
        }
    }

    private static async Task WorkAsync(
        RowWorker worker,
        BlockNumbers numbers,
        ChannelReader<OutputBlock> free,
        ChannelWriter<OutputBlock> made,
        CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                // The number is taken after the buffer: so the lowest open number always has one, and nobody waits
                // for it in vain.
                OutputBlock block = await free.ReadAsync(stop.Token);
                (block.Number, long first, block.Rows) = numbers.Next();
                if (block.Rows == 0)
                {
                    return;
                }

                block.Length = worker.Make(first, block.Rows, block.Buffer);
                made.TryWrite(block);
            }
        }
        catch
        {
            // The block is lost with its buffer, and the others would wait for it for ever.
            await stop.CancelAsync();
            throw;
        }
    }

    private static async Task CloseWhenDoneAsync(Task[] working, ChannelWriter<OutputBlock> made)
    {
        Task all = Task.WhenAll(working);
        await all.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        made.Complete(all.Exception?.InnerException);
    }

    private static async Task<long> WriteInOrderAsync(
        ChannelReader<OutputBlock> made,
        ChannelWriter<OutputBlock> free,
        int buffers,
        Stream output,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var waiting = new OutputBlock?[buffers];
        long next = 0;
        long bytes = 0;
        long rows = 0;
        await foreach (OutputBlock block in made.ReadAllAsync(cancellationToken))
        {
            waiting[block.Number % buffers] = block;
            while (waiting[next % buffers] is { } ready)
            {
                waiting[next % buffers] = null;
                next++;
                await output.WriteAsync(ready.Buffer.AsMemory(0, ready.Length), cancellationToken);
                bytes += ready.Length;
                rows += ready.Rows;
                progress?.Report(rows);
                free.TryWrite(ready);
            }
        }

        // Cancelled workers end without an error, perhaps before this loop has seen the token.
        cancellationToken.ThrowIfCancellationRequested();
        return bytes;
    }
}
