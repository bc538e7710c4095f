using Assay.DuckDb;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A DuckDB file.</summary>
internal sealed class DuckDbEngine(EngineOptions options) : Engine(options, DuckDbDialect.Instance)
{
    public override void Dispose()
    {
        // Sessions close the file.
    }

    private protected override EngineSession Connect(string owner, CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(Options.Connection);
        var turn = FileTurn.Take(Options, Name, path, cancellationToken);
        try
        {
            return new DuckDbSession(Options, owner, Open(path, isReading: false), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file if nobody uses it: it is open in one program at a time, so that a reader has the turn, too.</summary>
    private protected override EngineSession ConnectForReading(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = Path.GetFullPath(Options.Connection);
        FileTurn.RequireFile(Name, path);
        FileTurn turn = FileTurn.TryTake(Name, path)
            ?? throw new EngineException(Name, $"another run is using {path}, and DuckDB's files are open in one program at a time; ask again when it is done");
        try
        {
            return new DuckDbSession(Options, "", Open(path, isReading: true), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private DuckDbDatabase Open(string path, bool isReading)
    {
        try
        {
            return DuckDbDatabase.Open(path, new DuckDbOptions
            {
                Threads = Options.Threads,
                MemoryLimit = Options.MemoryLimit,
                TempFolder = path + ".tmp",
                IsReadOnly = isReading,
            });
        }
        catch (DuckDbException e) when (e.Message.Contains("Could not set lock", StringComparison.Ordinal))
        {
            throw new EngineException(Name, $"another program has {path} open, and DuckDB's files are open in one program at a time; close it there, then run again ({e.Message})", e);
        }
        catch (DuckDbException e)
        {
            throw new EngineException(Name, $"{e.Message}; if {path} is no DuckDB database, take another file", e);
        }
    }
}
