using Assay.App.Pipelines;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// A source opened for a run: the files it names, standard input, or the sample that stands in for a file
/// that was not given. Standard input and pipes are kept in a file first when they may be needed twice.
/// </summary>
internal sealed class SourceInput : IDisposable
{
    private const string StandardInputName = "-";

    private readonly IReadOnlyList<InputSpool> _spools;

    private SourceInput(IRecordSource source, IReadOnlyList<InputSpool> spools)
    {
        Source = source;
        _spools = spools;
    }

    /// <summary>The open source.</summary>
    public IRecordSource Source { get; }

    /// <summary>The files, with their sizes as they lie on the disk.</summary>
    public IReadOnlyList<RunInput> Inputs =>
        [.. Source.Files.Select(file => new RunInput(file, File.Exists(file) ? new FileInfo(file).Length : null))];

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
        InputSpool.Sweep(options.Home);
        if (definition.IsStandardInput && !mayReadTwice
            && SourceReader.Open(definition, options.StandardInput(), StandardInputName, fields, options.BlockSize) is { } stream)
        {
            return new SourceInput(stream, []);
        }

        IReadOnlyList<string> names = definition.IsStandardInput ? [StandardInputName]
            : definition.Path.Length == 0 ? [SampleInput.Make(definition, options, progress, cancellationToken)]
            : SourcePaths.Find(definition);

        var spools = new List<InputSpool>();
        try
        {
            string[] files = [.. names];
            for (int i = 0; (mayReadTwice || definition.IsStandardInput) && i < files.Length; i++)
            {
                using Stream? once = definition.IsStandardInput ? options.StandardInput() : OpenPipe(files[i]);
                if (once is not null)
                {
                    spools.Add(InputSpool.Of(once, options.Home, $"{definition.Name}-{i}", cancellationToken));
                    files[i] = spools[^1].Path;
                }
            }

            return new SourceInput(SourceReader.Open(definition, definition.Format, files, names, fields, options.BlockSize), spools);
        }
        catch
        {
            spools.ForEach(spool => spool.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        Source.Dispose();
        foreach (InputSpool spool in _spools)
        {
            spool.Dispose();
        }
    }

    /// <summary>Opens a file that can be read only once, such as a named pipe.</summary>
    /// <returns>The pipe, or null for any other file, also for one that cannot be opened: the reader says why.</returns>
    private static FileStream? OpenPipe(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!file.CanSeek)
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
