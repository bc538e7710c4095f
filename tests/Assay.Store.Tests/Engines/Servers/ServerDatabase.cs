using System.Data.Common;

namespace Assay.Store.Tests.Engines;

/// <summary>A database of its own on a server of the tests, removed afterwards.</summary>
internal abstract class ServerDatabase : IDisposable
{
    protected ServerDatabase(EngineKind kind, string? server)
    {
        Kind = kind;
        Server = server ?? TestServer.Require(kind);
        Name = TestServer.NewName();
    }

    public EngineKind Kind { get; }

    public string Name { get; }

    /// <summary>The connection string of this database.</summary>
    public abstract string Connection { get; }

    public EngineOptions Options => new() { Kind = Kind, Connection = Connection };

    protected string Server { get; }

    /// <summary>Opens a connection of its own.</summary>
    public DbConnection Open() => Open(Connection);

    /// <summary>Runs a statement over a connection of its own.</summary>
    /// <returns>The first value of its first row.</returns>
    public object? Run(string statement) => Run(Connection, statement);

    /// <summary>Runs a statement.</summary>
    /// <returns>The first value of its first row.</returns>
    public static object? Run(DbConnection connection, string statement)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }

    /// <summary>Ends the connections of sessions.</summary>
    public abstract void KillSessions();

    /// <summary>Ends the connections of writers.</summary>
    public abstract void KillWriters();

    public abstract void Dispose();

    protected abstract DbConnection Open(string connection);

    protected object? Run(string connection, string statement)
    {
        using DbConnection opened = Open(connection);
        return Run(opened, statement);
    }
}
