using System.Diagnostics;
using System.Globalization;
using Assay.Data;

namespace Assay.Store.Tests.Engines;

/// <summary>A server of its own that is killed while rows are loaded, and started again on what it has on disk.</summary>
public abstract class ServerCrashTests(EngineKind kind) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("assay-crash-").FullName;

    /// <summary>The file, under the server's home, that tells its process first of all.</summary>
    protected abstract string ProcessFile { get; }

    private string Only => kind == EngineKind.Postgres ? "postgres" : "mysql";

    public void Dispose()
    {
        Services("stop", "--home", _home);
        Directory.Delete(_home, recursive: true);
        GC.SuppressFinalize(this);
    }

    [EngineFact]
    public void Load_WhenTheServerIsKilled_ThenSaysSoAndAfterARestartTheNextRunIsExact()
    {
        Start();
        using (EngineSession session = OpenSession())
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
                        KillServer();
                    }
                }

                writer.Complete();
            });
            Assert.Contains("nothing was changed, run again", e.Message, StringComparison.Ordinal);
            Assert.True(e.IsTransient);
        }

        using (var engine = Engine.Create(Options with { Retries = 0 }))
        {
            EngineException e = Assert.Throws<EngineException>(() => engine.Open("shop"));
            Assert.Contains("is the server running?", e.Message, StringComparison.Ordinal);
        }

        Start();
        using EngineSession next = OpenSession();
        Assert.Equal(1000, ServerRows.Count(next, ServerRows.Orders));
        Assert.Empty(next.ColumnsOf("orders__staging", default));
        ServerRows.Load(next, ServerRows.Orders, 3000);
        Assert.Equal(3000, ServerRows.Count(next, ServerRows.Orders));
    }

    private EngineOptions Options => new() { Kind = kind, Connection = TestServer.In(_home, kind)! };

    private EngineSession OpenSession() => Engine.Create(Options).Open("shop");

    private void Start() => Assert.Equal(0, Services("start", "--only", Only, "--home", _home, "--no-install"));

    private void KillServer()
    {
        string place = File.ReadAllText(Path.Combine(_home, "place")).Trim();
        string process = File.ReadLines(Path.Combine(place, Only, ProcessFile)).First();
        using var server = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
    }

    private static int Services(params string[] arguments)
    {
        using var process = Process.Start(Path.Combine(TestServer.Root(), "eng", "services"), arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
