using System.Diagnostics;
using System.Globalization;
using Assay.App.Tests.EndToEnd;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>Runs whose server ends their connections, or is killed, while they load.</summary>
public abstract class ServerInterruptionTests : EngineInterruptionTests
{
    private readonly Lazy<ServerDatabase> _database;
    private OwnServer? _server;

    private protected ServerInterruptionTests() => _database = new Lazy<ServerDatabase>(NewDatabase);

    private protected override string Connection => _server?.Connection ?? _database.Value.Connection;

    private protected ServerDatabase Database => _database.Value;

    /// <summary>Counts the server's connections that are loading rows.</summary>
    private protected abstract string LoadsQuery { get; }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _server?.Dispose();
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    [EngineFact]
    public void Run_WhenItsServerIsKilled_ThenSaysSoAndAfterARestartTheNextIsExact()
    {
        _server = new OwnServer(Kind);
        PublishedTables before = RunSample();
        string file = Generate();
        using (Process process = StartLoad(Assay, file))
        {
            _server.Kill();
            CheckLost(AssayProgram.Finish(process));
        }

        _server.Start();
        Assert.Equal(before, PublishedTables.Read(Options));
        CheckNextRun(file);
    }

    private protected abstract ServerDatabase NewDatabase();

    private protected override bool IsLoading() =>
        _server is not null || Convert.ToInt64(_database.Value.Run(LoadsQuery), CultureInfo.InvariantCulture) > 0;
}

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresInterruptionTests : ServerInterruptionTests
{
    private protected override EngineKind Kind => EngineKind.Postgres;

    private protected override string Engine => "postgres";

    private protected override string LoadsQuery => "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY %' AND state = 'active'";

    private protected override ServerDatabase NewDatabase() => new PostgresDatabase();

    [EngineFact]
    public void Run_WhenItsConnectionsAreEnded_ThenSaysSoAndTheNextIsExact()
    {
        PublishedTables before = RunSample();
        string file = Generate();
        using (Process process = StartLoad(Assay, file))
        {
            Database.KillWriters();
            CheckLost(AssayProgram.Finish(process));
        }

        Assert.Equal(before, PublishedTables.Read(Options));
        CheckNextRun(file);
    }
}

/// <remarks>That the server ends single connections is tested with writers alone, in the tests of the store.</remarks>
[NeedsServer(EngineKind.MySql)]
public sealed class MySqlInterruptionTests : ServerInterruptionTests
{
    private protected override EngineKind Kind => EngineKind.MySql;

    private protected override string Engine => "mysql";

    /// <summary>Each buffer is a statement of its own, so connections are counted: all but the session's are writers'.</summary>
    private protected override string LoadsQuery => "SELECT count(*) - 1 FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";

    private protected override ServerDatabase NewDatabase() => new MySqlDatabase();
}
