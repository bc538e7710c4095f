using Assay.Sql;

namespace Assay.Store;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteEngine(EngineOptions options) : Engine(options, SqliteDialect.Instance)
{
    /// <summary>How long a program that is not Assay may keep the file busy, at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Before the time-out, which could not say what was waited for.</summary>
    private TimeSpan AtMost => Options.CommandTimeout / 2 < Patience ? Options.CommandTimeout / 2 : Patience;

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
            return new SqliteSession(Options, Dialect, owner, SqliteDatabase.Open(path, AtMost), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private protected override EngineSession ConnectForReading(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = Path.GetFullPath(Options.Connection);
        FileTurn.RequireFile(Name, path);
        return new SqliteSession(Options, Dialect, "", SqliteDatabase.Open(path, AtMost, isReading: true), turn: null);
    }
}
