using System.Threading.Channels;

namespace Assay.App.Generate;

/// <summary>Generates rows of messy data: the same bytes for the same plan, seed, rate and start, on any machine
/// and any number of threads. Fewer rows are the beginning of more rows.</summary>
public static class DataGenerator
{
    // About 1 MB of text for rows of usual length: large writes, and buffers that stay small.
    private const int RowsPerBlock = 8 * RowBlock.MostRows;

    // Bounds the buffers for plans with very long rows.
    private const int MostBlockBytes = 4 << 20;

    /// <summary>Writes the rows of a plan's only dataset in its format, in UTF-8. Memory does not grow with the number of rows.</summary>
    /// <inheritdoc cref="RunAsync(GeneratePlan, string?, Stream, GenerateOptions, IProgress{long}?, CancellationToken)"/>
    public static Task<GenerateResult> RunAsync(
        GeneratePlan plan,
        Stream output,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken) => RunAsync(plan, dataset: null, output, options, progress, cancellationToken);

    /// <summary>Writes the rows of a dataset in its format, in UTF-8. Memory does not grow with the number of rows.</summary>
    /// <param name="plan">What to generate.</param>
    /// <param name="dataset">Which of its datasets; null for the only one.</param>
    /// <param name="output">Gets the bytes; it is neither flushed to disk nor closed.</param>
    /// <param name="options">How much, and from what.</param>
    /// <param name="progress">Told the rows made so far, about every 8,000 rows.</param>
    /// <param name="cancellationToken">Stops the work; the output then holds a part.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    /// <exception cref="GenerateException">The options do not fit the plan: no such dataset, more rows than there
    /// are unique values, a reference to a dataset without rows, a part of what cannot be parted, or a start that
    /// brings a timestamp outside of the years 1 to 9999.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static async Task<GenerateResult> RunAsync(
        GeneratePlan plan,
        string? dataset,
        Stream output,
        GenerateOptions options,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        GenerateDataset target = plan.Dataset(dataset);
        long[] datasetRows = OptionCheck.Rows(plan, target, options);

        RowProgram program = target.Program;
        long rows = datasetRows[target.Index];
        long start = (options.Start ?? plan.Start).DayNumber * TimestampStep.SecondsPerDay;
        ulong[] keys = [.. program.Streams.Select(stream => RandomStream.Key(options.Seed, stream))];
        var settings = new RunSettings(keys, start, datasetRows);
        (long From, long To) window = target.Window(options.Part, start);
        int maxRowBytes = (int)program.MaxRowBytes();
        int rowsPerBlock = Math.Clamp(MostBlockBytes / maxRowBytes, 1, RowsPerBlock);
        int threads = (int)Math.Clamp((rows + rowsPerBlock - 1) / rowsPerBlock, 1, options.Threads);
        RowWorker[] workers = [.. Enumerable.Range(0, threads).Select(_ => new RowWorker(program, settings, options.ErrorRate, window))];

        await output.WriteAsync(program.Layout.Header, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Two buffers beyond the workers' own: one being written, one waiting for its turn.
        Channel<OutputBlock> free = Channel.CreateUnbounded<OutputBlock>();
        Channel<OutputBlock> made = Channel.CreateUnbounded<OutputBlock>();
        int buffers = threads + 2;
        for (int i = 0; i < buffers; i++)
        {
            free.Writer.TryWrite(new OutputBlock(rowsPerBlock * maxRowBytes));
        }

        var numbers = new BlockNumbers(rows, rowsPerBlock);
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

        await output.WriteAsync(program.Layout.Footer, cancellationToken);
        return new GenerateResult
        {
            Rows = workers.Sum(worker => worker.Rows),
            Records = workers.Sum(worker => worker.Records),
            Bytes = program.Layout.Header.Length + bytes + program.Layout.Footer.Length,
            RowsWithErrors = workers.Sum(worker => worker.RowsWithErrors),
            Errors = [.. target.ErrorKinds.Select((kind, i) => new ErrorCount(kind, workers.Sum(worker => worker.ErrorCounts[i])))],
        };
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
