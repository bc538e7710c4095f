using Assay.App.Generate;
using Assay.App.Pipelines;
using Assay.Read;

namespace Assay.App.Runs;

/// <summary>
/// A source opened for a run: the files it names, standard input, or the sample that stands in for a file
/// that was not given. Standard input is kept in a file first when it may be needed twice.
/// </summary>
internal sealed class SourceInput : IDisposable
{
    private readonly string? _spool;

    private SourceInput(CsvSource source, string? spool)
    {
        Source = source;
        _spool = spool;
    }

    /// <summary>The open source.</summary>
    public CsvSource Source { get; }

    /// <summary>Opens a source.</summary>
    /// <param name="definition">What the pipeline declares.</param>
    /// <param name="fields">The fields that are needed.</param>
    /// <param name="mayReadTwice">Whether it may be read a second time.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told of generating a sample.</param>
    /// <param name="cancellationToken">Stops that.</param>
    /// <exception cref="ReadException">It cannot be read.</exception>
    /// <exception cref="RunException">It names nothing.</exception>
    public static SourceInput Open(
        SourceDefinition definition,
        IReadOnlyList<string> fields,
        bool mayReadTwice,
        RunOptions options,
        RunProgress progress,
        CancellationToken cancellationToken)
    {
        var csv = new CsvOptions { Delimiter = (byte?)definition.Delimiter };
        csv = options.BlockSize is { } size ? csv with { BlockSize = size } : csv;
        if (definition.IsStandardInput)
        {
            return OpenStandardInput(definition, fields, mayReadTwice, options, csv, cancellationToken);
        }

        IReadOnlyList<string> files = definition.Path.Length == 0
            ? [Sample(definition, options, progress, cancellationToken)]
            : definition.FindFiles(Directory.GetCurrentDirectory());
        return files.Count > 0
            ? new SourceInput(CsvSource.Open(files, fields, csv, definition.Name), null)
            : throw new ReadException(
                ReadErrorKind.NotFound, definition.Name, definition.Path, $"no file matches `{definition.Path}` (source `{definition.Name}`)");
    }

    public void Dispose()
    {
        Source.Dispose();
        if (_spool is not null)
        {
            File.Delete(_spool);
        }
    }

    private static SourceInput OpenStandardInput(
        SourceDefinition definition,
        IReadOnlyList<string> fields,
        bool mayReadTwice,
        RunOptions options,
        CsvOptions csv,
        CancellationToken cancellationToken)
    {
        Stream input = options.StandardInput();
        if (!mayReadTwice)
        {
            return new SourceInput(CsvSource.Open(input, "-", fields, csv, definition.Name), null);
        }

        string spool = Path.Combine(options.Home.Root, "tmp", $"{definition.Name}-{Environment.ProcessId}.input");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(spool)!);
            using (FileStream copy = File.Create(spool))
            {
                input.CopyToAsync(copy, cancellationToken).GetAwaiter().GetResult();
            }

            return new SourceInput(CsvSource.Open([spool], fields, csv, definition.Name), spool);
        }
        catch
        {
            File.Delete(spool);
            throw;
        }
    }

    /// <summary>Makes the sample, unless an earlier run made the same.</summary>
    private static string Sample(
        SourceDefinition definition, RunOptions options, RunProgress progress, CancellationToken cancellationToken)
    {
        if (definition.Sample is not { } sample)
        {
            throw new RunException($"source `{definition.Name}` has no path and no sample; give it a file with --set");
        }

        string path = Path.Combine(
            options.Home.Root, "samples", $"{definition.Name}-{sample.Rows}-rows-seed-{sample.Seed}.csv");
        GeneratePlan plan = GeneratePlan.Load(sample.Generate);
        progress.Begin("generating a sample", () => (0, null));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var generate = new GenerateOptions { Rows = sample.Rows, Seed = sample.Seed, Threads = options.Threads };
        GenerateFile.WriteAsync(plan, path, generate, null, cancellationToken).GetAwaiter().GetResult();
        return Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
    }
}
