using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Assay.Store;

/// <summary>A connection to the state database. What SQLite reports becomes a <see cref="StoreException"/> in plain words.</summary>
internal sealed class StateConnection : IDisposable
{
    /// <summary>Long enough for any other process's transaction; none holds rows of data.</summary>
    private const int BusySeconds = 30;

    // SQLite's primary result codes, https://www.sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private SqliteTransaction? _transaction;

    private StateConnection(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
    }

    /// <summary>Opens the database.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="create">Whether to make the file when it is missing.</param>
    /// <param name="busySeconds">How long to wait for another process's transaction.</param>
    /// <exception cref="StoreException">It cannot be opened, or is none.</exception>
    public static StateConnection Open(string path, bool create, int busySeconds = BusySeconds)
    {
        SqliteLibrary.Require(path);
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = busySeconds,
            ForeignKeys = true,
        };
        var opened = new StateConnection(path, new SqliteConnection(settings.ConnectionString));
        try
        {
            opened.Guard(opened._connection.Open);
            opened.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {busySeconds * 1000}"));
            // A commit outlives a power failure: what it tells of (renames to come) must not be lost.
            opened.Execute("PRAGMA synchronous = FULL");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Does several things as one, or none of them; nobody else writes meanwhile.</summary>
    public void InTransaction(Action work) => InTransaction(work, deferred: false);

    /// <summary>Looks at several things as they were at one moment; others may write meanwhile.</summary>
    public void InSnapshot(Action work) => InTransaction(work, deferred: true);

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(sql, parameters);
        return Guard(command.ExecuteNonQuery);
    }

    /// <summary>The first value of the first row, as a whole number; 0 when there is none.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(sql, parameters);
        return Guard(command.ExecuteScalar) is long number ? number : 0;
    }

    /// <summary>The rows of a query, in its order.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = new List<T>();
        Visit(sql, reader => rows.Add(row(reader)), parameters);
        return rows;
    }

    /// <summary>Goes through the rows of a query in its order, holding one at a time.</summary>
    public void Visit(string sql, Action<SqliteDataReader> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(sql, parameters);
        Guard(() =>
        {
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                row(reader);
            }
        });
    }

    public void Dispose() => _connection.Dispose();

    private void InTransaction(Action work, bool deferred)
    {
        // Taking the right to write at once means that waiting for it cannot end in a deadlock.
        using SqliteTransaction transaction = Guard(() => _connection.BeginTransaction(deferred));
        _transaction = transaction;
        try
        {
            work();
            Guard(transaction.Commit);
        }
        finally
        {
            _transaction = null;
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this room; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private void Guard(Action work) => Guard(() =>
    {
        work();
        return 0;
    });

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    private StoreException Explain(SqliteException e) => new(_path, e.SqliteErrorCode switch
    {
        Busy or Locked => $"another process has kept {_path} busy for too long; end it, then run again",
        ReadOnly or CannotOpen => $"no permission to write {_path}: the published gold is untouched; change the permissions or set ASSAY_HOME",
        Full => $"no space left on {_path}: the published gold is untouched; free space or set ASSAY_HOME",
        Corrupt or NotADatabase =>
            $"{_path} is damaged ({e.Message}): the published gold is untouched; put back a copy of it, or move it away and run with --full-refresh, which rebuilds everything from bronze",
        _ => $"{_path}: {e.Message}",
    }, e);
}
