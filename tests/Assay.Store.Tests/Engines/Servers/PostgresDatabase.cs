using System.Data.Common;
using Npgsql;

namespace Assay.Store.Tests.Engines;

/// <summary>A database of its own on the PostgreSQL server of the tests.</summary>
internal sealed class PostgresDatabase : ServerDatabase
{
    /// <summary>Makes it.</summary>
    /// <param name="server">Which server; the tests' own by default.</param>
    /// <param name="settings">What CREATE DATABASE is told.</param>
    public PostgresDatabase(string? server = null, string settings = "")
        : base(EngineKind.Postgres, server) => Run(Server, $"CREATE DATABASE {Name} {settings}");

    public override string Connection => new NpgsqlConnectionStringBuilder(Server) { Database = Name }.ConnectionString;

    public override void KillSessions() => Kill("query NOT LIKE 'COPY %' AND query NOT LIKE 'SET %'");

    public override void KillWriters() => Kill("query LIKE 'COPY %'");

    public override void Dispose() => Run(Server, $"DROP DATABASE {Name} WITH (FORCE)");

    protected override DbConnection Open(string connection)
    {
        var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        opened.Open();
        return opened;
    }

    private void Kill(string which) => Assert.NotEqual(
        0L, Run($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}"));
}
