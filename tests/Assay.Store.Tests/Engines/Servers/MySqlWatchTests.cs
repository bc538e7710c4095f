using MySql.Data.MySqlClient;

namespace Assay.Store.Tests.Engines;

/// <summary>A client that once waited for ever for what an idle server had said before.</summary>
[NeedsServer(EngineKind.MySql)]
public sealed class MySqlWatchTests : IDisposable
{
    private readonly Lazy<MySqlDatabase> _database = new(() => new MySqlDatabase());
    private readonly List<string> _notes = [];

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    [EngineFact]
    public void Query_WhenItsAnswerIsLostOnTheWay_ThenEndsWithALostConnection()
    {
        using LossyProxy proxy = Proxy();
        using var engine = Engine.Create(Options(proxy));
        using EngineSession session = engine.Open("shop");
        ServerRows.Load(session, ServerRows.Orders, 10);
        proxy.LoseAnswers();

        EngineException e = Assert.Throws<EngineException>(() => ServerRows.Count(session, ServerRows.Orders));

        Assert.True(e.IsTransient);
        Assert.Contains("was lost; nothing was changed, run again", e.Message, StringComparison.Ordinal);
        Assert.Contains("mysql: the server is idle, but its answer has not arrived; ending the connection", _notes);
    }

    [EngineFact]
    public void InTransaction_WhenAnAnswerIsLostOnTheWay_ThenDoesItAgain()
    {
        using LossyProxy proxy = Proxy();
        using var engine = Engine.Create(Options(proxy));
        using EngineSession session = engine.Open("shop");
        ServerRows.Load(session, ServerRows.Orders, 10);
        TableStage stage = ServerRows.Staged(session, ServerRows.Orders, 3000);
        int attempts = 0;

        session.InTransaction(() =>
        {
            if (attempts++ == 0)
            {
                proxy.LoseAnswers();
            }

            session.Replace(stage);
        });

        Assert.Equal(2, attempts);
        Assert.Equal(3000, ServerRows.Count(session, ServerRows.Orders));
    }

    [EngineFact]
    public void Query_WhenTheServerWorksForLong_ThenIsNotEnded()
    {
        using LossyProxy proxy = Proxy();
        using var engine = Engine.Create(Options(proxy));
        using EngineSession session = engine.Open("shop");
        _database.Value.Run("CREATE VIEW slow AS SELECT SLEEP(3) AS slept");

        Assert.Equal(["slept"], session.ColumnsOf("slow", default));
        Assert.Equal(0, ((AdoSession)session).Rows(new Sql.SqlText("SELECT slept FROM slow", []), row => row.GetInt32(0), default).Single());
        Assert.Empty(_notes);
    }

    private EngineOptions Options(LossyProxy proxy) => new()
    {
        Kind = EngineKind.MySql,
        Connection = new MySqlConnectionStringBuilder(_database.Value.Connection) { Port = (uint)proxy.Port }.ConnectionString,
        CommandTimeout = TimeSpan.FromDays(1),
        Notify = _notes.Add,
        Time = new HastyTime(),
    };

    private LossyProxy Proxy()
    {
        var server = new MySqlConnectionStringBuilder(_database.Value.Connection);
        return new LossyProxy(server.Server, (int)server.Port);
    }

    /// <summary>Half a minute is over in half a second.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private const int Factor = 60;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Hasty(System.CreateTimer(callback, state, Faster(dueTime), Faster(period)));

        private static TimeSpan Faster(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;

        private sealed class Hasty(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Faster(dueTime), Faster(period));

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
