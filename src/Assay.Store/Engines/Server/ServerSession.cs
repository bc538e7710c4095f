using System.Data;
using System.Data.Common;
using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// A session at a server. The turn is a lock that belongs to the connection, so it ends with it; a connection that was
/// lost outside a transaction is opened again, and the turn waited for again, before the next step.
/// </summary>
internal abstract class ServerSession : AdoSession
{
    /// <summary>How often a turn is asked for: a person does not notice the wait, a server not the question.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<TableStage> _staged = [];

    private protected IReadOnlyList<TableStage> Stages => _staged;

    private protected ServerSession(EngineOptions options, SqlDialect dialect, string owner, DbConnection connection)
        : base(options, dialect, owner, connection)
    {
    }

    /// <summary>Whether the session only reads, and so takes no turn.</summary>
    public bool IsReading { get; init; }

    /// <summary>Connects, and waits for the turn unless it only reads.</summary>
    /// <exception cref="EngineException">The server cannot be reached, or cannot be used.</exception>
    public void Open(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Guard(() =>
        {
            Connection.Close();
            Connection.Open();
            Prepare();
            return true;
        });
        if (IsReading)
        {
            Execute(new SqlText(ReadOnlyStatement, []), cancellationToken);
            return;
        }

        for (bool waits = false; !Guard(TryTakeTurn); waits = true)
        {
            if (!waits)
            {
                Options.Notify($"{Dialect.Name}: another run is writing to this database; waiting until it ends");
            }

            EngineRetry.Wait(Options.Time, Pause, cancellationToken);
        }
    }

    public override void Begin(CancellationToken cancellationToken = default)
    {
        RequireOpen(cancellationToken);
        base.Begin(cancellationToken);
    }

    public override void Commit(CancellationToken cancellationToken = default)
    {
        try
        {
            base.Commit(cancellationToken);
        }
        catch (EngineException e) when (e.IsTransient && Connection.State != ConnectionState.Open)
        {
            // Doing it all again is right if nothing was committed, and wrong if all was.
            throw new EngineException(
                Dialect.Name,
                "the connection was lost while the transaction was being committed, so the database has either all of it or nothing; run again, which makes it right either way",
                e);
        }
    }

    /// <summary>Whether the driver or its connection failed.</summary>
    internal override bool IsFailure(Exception exception) =>
        base.IsFailure(exception)
        || (exception is InvalidOperationException && Connection.State is ConnectionState.Closed or ConnectionState.Broken);

    /// <summary>Pins what the session relies on, and refuses a server that lacks it.</summary>
    private protected abstract void Prepare();

    /// <summary>What makes all transactions of the session ones that change nothing.</summary>
    private protected abstract string ReadOnlyStatement { get; }

    /// <summary>Takes the database's turn if nobody has it.</summary>
    private protected abstract bool TryTakeTurn();

    /// <summary>Lets the next session have its turn at once, not only when the server has noticed that this one is gone.</summary>
    private protected abstract void GiveTurnBack();

    /// <summary>Makes sure that there is a connection, which has the turn.</summary>
    /// <exception cref="EngineException">There is none, or another session has removed the staged rows meanwhile.</exception>
    private protected void RequireOpen(CancellationToken cancellationToken)
    {
        if (IsInTransaction || Connection.State == ConnectionState.Open)
        {
            return;
        }

        Open(cancellationToken);
        if (_staged.Find(stage => !IsWhole(stage, cancellationToken)) is { } lost)
        {
            throw new EngineException(
                Dialect.Name, $"the connection was lost, and the rows for table `{lost.Table.Name}` with it, since another run took its turn or the server was started again; run again");
        }
    }

    /// <summary>Whether staged rows are still there: a server that crashed empties tables that it keeps no log of.</summary>
    private bool IsWhole(TableStage stage, CancellationToken cancellationToken) =>
        ColumnsOf(stage.Name, cancellationToken).Count > 0
        && (stage.IsOpen || EngineParts.CountRows(this, stage.Name, where: null, cancellationToken) == stage.Rows);

    /// <summary>Remembers rows that must still be there when the connection is opened again.</summary>
    private protected TableStage Staged(TableStage stage)
    {
        _staged.RemoveAll(other => other.Name == stage.Name);
        _staged.Add(stage);
        return stage;
    }

    private protected override void Dispose(bool isDisposing)
    {
        if (Connection.State == ConnectionState.Open)
        {
            try
            {
                Rollback();
                DropStages();
                Guard(() =>
                {
                    GiveTurnBack();
                    return true;
                });
            }
            catch (EngineException)
            {
                // The connection is gone, and the turn with it; the next session removes what was staged.
            }
        }

        base.Dispose(isDisposing);
    }

    /// <summary>Forgets stages that are used up.</summary>
    private protected void Forget(IReadOnlyList<TableStage> used) => _staged.RemoveAll(used.Contains);
}
