using Assay.Data;

namespace Assay.Store.Tests.Engines;

/// <summary>A server of its own that is killed while rows are loaded, and started again on what it has on disk.</summary>
public abstract class ServerCrashTests(EngineKind kind)
{
    [EngineFact]
    public void Load_WhenTheServerIsKilled_ThenSaysSoAndAfterARestartTheNextRunIsExact()
    {
        using var server = new OwnServer(kind);
        EngineOptions options = new() { Kind = kind, Connection = server.Connection };
        using (EngineSession session = Engine.Create(options).Open("shop"))
        {
            ServerRows.Load(session, ServerRows.Orders, 1000);
            TableStage stage = session.Stage(ServerRows.Orders, EngineRows.SchemaOf(ServerRows.Orders));
            using RowWriter writer = stage.OpenWriter();
            RowBatch batch = ServerRows.Batch(ServerRows.Orders, 0, 2000);
            EngineException e = Assert.Throws<EngineException>(() =>
            {
                for (int i = 0; i < 150; i++)
                {
                    writer.Add(batch);
                    if (i == 70)
                    {
                        server.Kill();
                    }
                }

                writer.Complete();
            });
            Assert.Contains("nothing was changed, run again", e.Message, StringComparison.Ordinal);
            Assert.True(e.IsTransient);
        }

        using (var engine = Engine.Create(options with { Retries = 0 }))
        {
            EngineException e = Assert.Throws<EngineException>(() => engine.Open("shop"));
            Assert.Contains("is the server running?", e.Message, StringComparison.Ordinal);
        }

        server.Start();
        using EngineSession next = Engine.Create(options).Open("shop");
        Assert.Equal(1000, ServerRows.Count(next, ServerRows.Orders));
        Assert.Empty(next.ColumnsOf("orders__staging", default));
        ServerRows.Load(next, ServerRows.Orders, 3000);
        Assert.Equal(3000, ServerRows.Count(next, ServerRows.Orders));
    }
}
