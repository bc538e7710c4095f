using System.Data.Common;
using System.Globalization;
using MySql.Data.MySqlClient;

namespace Assay.Store.Tests.Engines;

/// <summary>A database of its own on the MariaDB or MySQL server of the tests.</summary>
internal sealed class MySqlDatabase : ServerDatabase
{
    /// <summary>Makes it.</summary>
    /// <param name="server">Which server; the tests' own by default.</param>
    public MySqlDatabase(string? server = null)
        : base(EngineKind.MySql, server) => Run(Server, $"CREATE DATABASE {Name}");

    public override string Connection => new MySqlConnectionStringBuilder(Server) { Database = Name }.ConnectionString;

    /// <summary>Only sessions have the turn.</summary>
    public override void KillSessions() => Kill($"id = IS_USED_LOCK(CONCAT('assay:', MD5('{Name}')))");

    public override void KillWriters() => Kill($"id <> COALESCE(IS_USED_LOCK(CONCAT('assay:', MD5('{Name}'))), 0)");

    public override void Dispose()
    {
        MySqlConnection.ClearAllPools();
        Run(Server, $"DROP DATABASE {Name}");
    }

    protected override DbConnection Open(string connection)
    {
        var opened = new MySqlConnection(new MySqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        opened.Open();
        return opened;
    }

    private void Kill(string which)
    {
        using DbConnection opened = Open();
        var ids = new List<long>();
        using (DbCommand command = opened.CreateCommand())
        {
            command.CommandText = $"SELECT id FROM information_schema.processlist WHERE db = '{Name}' AND id <> CONNECTION_ID() AND {which}";
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                ids.Add(Convert.ToInt64(rows.GetValue(0), CultureInfo.InvariantCulture));
            }
        }

        Assert.NotEmpty(ids);
        foreach (long id in ids)
        {
            Run(opened, string.Create(CultureInfo.InvariantCulture, $"KILL {id}"));
        }
    }
}
