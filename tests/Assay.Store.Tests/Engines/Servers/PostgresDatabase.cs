using Npgsql;

namespace Assay.Store.Tests.Engines;

/// <summary>A database of its own on the PostgreSQL server of the tests, removed afterwards.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private readonly string _server;

    /// <summary>Makes it.</summary>
    /// <param name="server">Which server; the tests' own by default.</param>
    /// <param name="settings">What CREATE DATABASE is told.</param>
    public PostgresDatabase(string? server = null, string settings = "")
    {
        _server = server ?? TestServer.Require(EngineKind.Postgres);
        Name = TestServer.NewName();
        Run(_server, $"CREATE DATABASE {Name} {settings}");
    }

    public string Name { get; }

    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = Name }.ConnectionString;

    public EngineOptions Options => new() { Kind = EngineKind.Postgres, Connection = Connection };

    /// <summary>Runs a statement over a connection of its own.</summary>
    /// <returns>The first value of its first row.</returns>
    public object? Run(string statement) => Run(Connection, statement);

    public void Dispose() => Run(_server, $"DROP DATABASE {Name} WITH (FORCE)");

    private static object? Run(string connection, string statement)
    {
        using var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        opened.Open();
        using NpgsqlCommand command = opened.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }
}
