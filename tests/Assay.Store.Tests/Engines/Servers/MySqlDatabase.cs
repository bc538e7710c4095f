using MySql.Data.MySqlClient;

namespace Assay.Store.Tests.Engines;

/// <summary>A database of its own on the MariaDB or MySQL server of the tests, removed afterwards.</summary>
internal sealed class MySqlDatabase : IDisposable
{
    private readonly string _server;

    /// <summary>Makes it.</summary>
    /// <param name="server">Which server; the tests' own by default.</param>
    public MySqlDatabase(string? server = null)
    {
        _server = server ?? TestServer.Require(EngineKind.MySql);
        Name = TestServer.NewName();
        Run(_server, $"CREATE DATABASE {Name}");
    }

    public string Name { get; }

    public string Connection => new MySqlConnectionStringBuilder(_server) { Database = Name }.ConnectionString;

    public EngineOptions Options => new() { Kind = EngineKind.MySql, Connection = Connection };

    /// <summary>Runs a statement over a connection of its own.</summary>
    /// <returns>The first value of its first row.</returns>
    public object? Run(string statement) => Run(Connection, statement);

    public void Dispose()
    {
        MySqlConnection.ClearAllPools();
        Run(_server, $"DROP DATABASE {Name}");
    }

    private static object? Run(string connection, string statement)
    {
        using var opened = new MySqlConnection(new MySqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        opened.Open();
        using MySqlCommand command = opened.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }
}
