using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.House;
using Assay.App.Tests.Orders;
using Assay.App.Verify;
using Assay.Data;
using Assay.Measure;
using Assay.Sql;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>
/// What runs on every database: the published files are, byte for byte, those of the in-memory engine, and the database
/// holds the rows and the results.
/// </summary>
public abstract partial class EngineRunTests : IDisposable
{
    private static readonly Customer Asha = new("CUST-1", "Asha Nair", "9811111111", "South");
    private static readonly Customer Vikram = new("CUST-2", "Vikram Das", "9822222222", "North");
    private readonly OrdersHome _home = new();
    private readonly OrdersHome _memory = new();

    private protected abstract string Engine { get; }

    /// <summary>How the engine is reached; null for its default file.</summary>
    private protected abstract string? Connection { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _home.Dispose();
        _memory.Dispose();
    }

    [EngineFact]
    public void Run_WhenOnADirtySample_ThenPublishesWhatMemoryDoes()
    {
        _memory.Run();
        _home.Run(options: On);

        Assert.Equal(_memory.Gold, _home.Gold);
        Assert.Equal(_memory.Silver, _home.Silver);
        using EngineSession session = Open();
        foreach (string kpi in new[] { "repeat_customers", "monthly_trends", "regional_revenue", "product_analysis" })
        {
            Assert.Equal(_memory.Rows(kpi).Length, Count(session, $"kpi_{kpi}"));
        }

        Assert.Equal(9, Count(session, "kpi_summary"));
        Assert.Equal(_home.Json("summary").GetProperty("tables").GetProperty("orders").GetProperty("accepted").GetInt64(), Count(session, "orders"));
    }

    [EngineFact]
    public void Run_WhenTheSourceKeepsNoSilver_ThenPublishesWhatMemoryDoesAndReplacesTheRows()
    {
        RunOutcome expected = Sales(EngineChoice.Memory, _memory);
        RunOutcome first = Sales(Choice, _home);
        RunOutcome again = Sales(Choice, _home);

        Assert.Equal(Results(expected), Results(first));
        Assert.Equal(Results(expected), Results(again));
        using EngineSession session = Open("sales");
        Assert.Equal(expected.Books.Accepted, Count(session, "sales"));
    }

    [EngineFact]
    public void Run_WhenADropCorrectsOneMonth_ThenOnlyThatPartIsWrittenAndTheAnswersAreMemorys()
    {
        string people = _home.Customers(Asha, Vikram);
        string first = _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00"), Line("ORD-2", Asha, "2025-10-05", "50.00"), Line("ORD-3", Vikram, "2025-11-05", "70.00"));
        string later = _home.Orders("later.xml", Line("ORD-2", Vikram, "2025-10-06", "55.00"), Line("ORD-4", Vikram, "2025-10-31", "5.00"));
        _home.Run(people, first, On);

        RunOutcome outcome = _home.Run(orders: later, options: On);

        Assert.Equal([("order_lines", 2L, 1), ("orders", 2L, 1)], outcome.Database!.Loads.Select(load => (load.Table, load.Rows, load.Parts ?? 0)).Order());
        _memory.Run(people, first);
        _memory.Run(orders: later);
        Assert.Equal(_memory.Gold, _home.Gold);
        using EngineSession session = Open();
        Assert.Equal(4, Count(session, "orders"));
    }

    [EngineFact]
    public void Run_WhenAnOrderMovesToAnotherMonth_ThenTheTableHasItOnce()
    {
        string people = _home.Customers(Asha, Vikram);
        string first = _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00"), Line("ORD-2", Asha, "2025-10-05", "50.00"), Line("ORD-3", Vikram, "2025-11-05", "70.00"));
        string later = _home.Orders("later.xml", Line("ORD-1", Asha, "2025-10-01", "100.00"));
        _home.Run(people, first, On);
        _home.Run(orders: later, options: On);

        _memory.Run(people, first);
        _memory.Run(orders: later);
        Assert.Equal(_memory.Gold, _home.Gold);
        using EngineSession session = Open();
        Assert.Equal(3, Count(session, "orders"));
    }

    [EngineFact]
    public void Run_WhenNothingIsNew_ThenNothingIsWrittenAndWhenTheTablesAreGoneAllOfItIs()
    {
        string people = _home.Customers(Asha);
        string orders = _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00"));
        _home.Run(people, orders, On);
        SortedDictionary<string, string> gold = _home.Gold;

        Assert.Empty(_home.Run(people, orders, On).Database!.Loads);
        using (EngineSession session = Open())
        {
            Assert.NotEmpty(EngineSchema.Drop(session));
        }

        RunOutcome filled = _home.Run(people, orders, On);
        Assert.Equal([("customers", 1L), ("order_lines", 1L), ("orders", 1L)], filled.Database!.Loads.Select(load => (load.Table, load.Rows)).Order());
        Assert.Equal(gold, _home.Gold);
    }

    [EngineTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_WhenRowsWereRemovedByHand_ThenTheTableIsLoadedAgainAndThePersonTold(bool isNewMonth)
    {
        string people = _home.Customers(Asha);
        string orders = _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00"), Line("ORD-2", Asha, "2025-10-05", "50.00"));
        string later = _home.Orders("later.xml", Line("ORD-3", Asha, "2025-11-05", "7.00"));
        _home.Run(people, orders, On);
        using (EngineSession session = Open())
        {
            session.Execute(new DeleteRows("order_lines"));
        }

        RunOutcome outcome = _home.Run(people, isNewMonth ? later : orders, On);

        Assert.Contains(("order_lines", isNewMonth ? 3L : 2L, (int?)null), outcome.Database!.Loads.Select(load => (load.Table, load.Rows, load.Parts)));
        Assert.Contains("order_lines has 0 rows where the last run left 2", Assert.Single(_home.Warnings), StringComparison.Ordinal);
        _memory.Run(people, orders);
        if (isNewMonth)
        {
            _memory.Run(people, later);
        }

        Assert.Equal(_memory.Gold, _home.Gold);
        Assert.Empty(_home.Run(people, isNewMonth ? later : orders, On).Database!.Loads);
    }

    [EngineFact]
    public void Run_WhenADateLeavesTheCalendar_ThenFailsAsMemoryDoes()
    {
        string days = _home.Write("days.csv", "n,d\n99999999999,2024-01-01\n1,2024-01-01\n");
        PipelineDefinition pipeline = PipelineLoader.Load(
            _home.Write("later.yaml", $$"""
                pipeline: later
                title: Later
                sources:
                  days: { format: csv, path: "{{days}}" }
                tables:
                  days: { from: days, columns: { n: { type: integer }, d: { type: date } } }
                kpis:
                  later: { title: Later, from: days, group_by: { l: "date_add('day', n, d)" }, measures: { c: count(*) } }
                """),
            new PipelineSettings { WorkingDirectory = Repository.Root });
        RunOutcome Run(EngineChoice engine) => new PipelineRun(
            pipeline, new RunOptions { Home = _home.Home, Engine = engine, Connections = Connections(pipeline) }, new RunProgress()).Execute(CancellationToken.None);

        Assert.Throws<EngineException>(() => Run(Choice));
        Assert.Equal(
            "KPI `later`: a date is out of range: date_add leaves the years 1 to 9999",
            Assert.Throws<MeasureException>(() => Run(EngineChoice.Memory)).Message);
    }

    [EngineFact]
    public void Run_WhenACustomerIsUnknown_ThenTheReferenceIsNullTillTheCustomerComes()
    {
        string nobody = _home.Customers(Vikram);
        string orders = _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00"), Line("ORD-2", Vikram, "2025-09-30", "1.00"));
        RunOutcome first = _home.Run(nobody, orders, On);

        Assert.Equal([new OrphanNote("orders", "mobile_number", "customers", 1)], first.Database!.Orphans);
        string more = _home.Write("more.csv", Customer.Csv(Asha));
        Assert.Empty(_home.Run(more, orders, On).Database!.Orphans);
    }

    [EngineFact]
    public void Run_WhenACheckDoesNotHold_ThenTheDatabaseIsAsItWas()
    {
        string people = _home.Customers(Asha);
        _home.Run(people, _home.Orders("first.xml", Line("ORD-1", Asha, "2025-09-30", "100.00")), On);
        string bad = _home.Orders("bad.xml", Line("ORD-2", Asha, "2025-10-30", "1.00"), Line("ORD-3", Asha, "never", "1.00"));

        Assert.Throws<CheckException>(() => _home.Run(orders: bad, options: On));

        using EngineSession session = Open();
        Assert.Equal(1, Count(session, "orders"));
        Assert.Equal(1, Count(session, "kpi_monthly_trends"));
    }

    [EngineFact]
    public void Run_WhenAKpisColumnsChangedAndACheckDoesNotHold_ThenItsTableIsAsItWas()
    {
        string numbers = _home.Write("numbers.csv", "g,n\na,1\na,2\nb,x\nb,4\n");
        void Run(string measures, string most)
        {
            PipelineDefinition pipeline = PipelineLoader.Load(
                _home.Write("groups.yaml", $$"""
                    pipeline: groups
                    title: Groups
                    sources:
                      numbers: { format: csv, path: "{{numbers}}" }
                    tables:
                      numbers: { from: numbers, columns: { g: { type: string }, n: { type: integer } } }
                    kpis:
                      groups: { title: Groups, from: numbers, group_by: [g], measures: { {{measures}} } }
                    checks:
                      - { table: numbers, name: few, rule: "rejected_rate <= {{most}}", severity: error }
                    """),
                new PipelineSettings { WorkingDirectory = Repository.Root });
            new PipelineRun(
                pipeline, new RunOptions { Home = _home.Home, Engine = Choice, Connections = Connections(pipeline) }, new RunProgress()).Execute(CancellationToken.None);
        }

        Run("total: sum(n)", "1");
        Assert.Throws<CheckException>(() => Run("total: sum(n), rows: count(*)", "0"));

        using (EngineSession session = Open("groups"))
        {
            Assert.Equal(2, Count(session, "kpi_groups"));
            Assert.Throws<EngineException>(() => Count(session, "kpi_groups", "rows"));
        }

        Run("total: sum(n), rows: count(*)", "1");
        using EngineSession after = Open("groups");
        Assert.Equal(2, Count(after, "kpi_groups", "rows"));
    }

    [EngineFact]
    public void Run_WhenNamesAreHostile_ThenTheyComeBackUnchanged()
    {
        Customer[] hostile =
        [
            new("CUST-1", "\"Robert'); Drop Table Orders;--\"", "9811111111", "South"),
            new("CUST-2", "% _ \\ \\N \\' \u0001", "9822222222", "North"),
            new("CUST-3", "😀 𝒜 é e\u0301", "9833333333", "East"),
        ];
        string people = _home.Customers(hostile);
        OrderLine[] lines = [.. hostile.SelectMany((customer, i) => new[] { Line($"ORD-{i}'\"\\;", customer, "2025-09-30", "10.00"), Line($"ORD-{i}%😀", customer, "2025-10-01", "20.00") })];
        string orders = _home.Orders("first.xml", lines);
        _home.Run(people, orders, On);

        _memory.Run(people, orders);
        Assert.Equal(3, _memory.Rows("repeat_customers").Length);
        Assert.Equal(_memory.Gold, _home.Gold);
    }

    [EngineFact]
    public void Verify_WhenTheEngineAgrees_ThenSaysSoAndLeavesNothingBehind()
    {
        _home.Run();
        (Certificate certificate, string folder) = Verify();

        Assert.True(certificate.Agrees, string.Join("\n", certificate.Differences));
        Assert.Equal(9, certificate.Kpis.Count);
        Assert.True(certificate.Values > 100);
        Assert.Equal(["certificate.json", "certificate.md"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
        using EngineSession session = Open();
        Assert.Empty(EngineSchema.ListTables(session));
    }

    [EngineFact]
    public void Verify_WhenAKpiCannotBeComputed_ThenTellsWhyAndLeavesNothingBehind()
    {
        string numbers = _home.Write("numbers.csv", "n\n" + string.Concat(Enumerable.Repeat("999999999999999999\n", 200)));
        PipelineDefinition pipeline = PipelineLoader.Load(
            _home.Write("squares.yaml", $$"""
                pipeline: squares
                title: Squares
                sources:
                  numbers: { format: csv, path: "{{numbers}}" }
                tables:
                  numbers: { from: numbers, columns: { n: { type: "decimal(18,0)", required: true } } }
                kpis:
                  squares: { title: Squares, from: numbers, measures: { total: sum(n * n) } }
                """),
            new PipelineSettings { WorkingDirectory = Repository.Root });
        var options = new RunOptions { Home = _home.Home, Connections = Connections(pipeline) };

        Exception e = Assert.ThrowsAny<Exception>(
            () => new VerifyRun(pipeline, options, new RunProgress()).Execute([Choice, EngineChoice.Memory], CancellationToken.None));

        Assert.True(e is EngineException or MeasureException, e.ToString());
        Assert.DoesNotContain("aborted", e.Message, StringComparison.OrdinalIgnoreCase);
        using EngineSession session = Open("squares");
        Assert.Empty(EngineSchema.ListTables(session));
    }

    private (Certificate Certificate, string Folder) Verify()
    {
        PipelineDefinition pipeline = PipelineLoader.Load(OrdersHome.Pipeline, new PipelineSettings { WorkingDirectory = Repository.Root });
        var options = new RunOptions { Home = _home.Home, Connections = Connections(pipeline) };
        return new VerifyRun(pipeline, options, new RunProgress()).Execute([EngineChoice.Memory, Choice], CancellationToken.None);
    }

    private protected EngineChoice Choice => EngineChoice.All.Single(engine => engine.Name == Engine);

    private static OrderLine Line(string order, Customer customer, string day, string total) => new(order, customer.Mobile, $"{day}T10:00:00", total);

    private RunOptions On(RunOptions options) => options with { Engine = Choice, Connections = Connections(Pipeline("orders")) };

    private EngineConnections Connections(PipelineDefinition pipeline) => new(
        pipeline,
        new PipelineSettings
        {
            Environment = Connection is { } connection ? new Dictionary<string, string> { [$"ASSAY__ENGINES__{Engine.ToUpperInvariant()}"] = connection } : [],
        },
        _home.Home);

    private protected EngineSession Open(string owner = "orders") =>
        Connections(Pipeline("orders")).Create(Choice, _ => { }, TimeProvider.System).Open(owner);

    private protected RunOutcome Sales(EngineChoice engine, RunProgress? progress = null, TimeProvider? time = null) =>
        Sales(engine, engine == EngineChoice.Memory ? _memory : _home, progress, time);

    private RunOutcome Sales(EngineChoice engine, OrdersHome home, RunProgress? progress = null, TimeProvider? time = null)
    {
        PipelineDefinition pipeline = Pipeline("sales");
        var options = new RunOptions { Home = home.Home, Engine = engine, Connections = Connections(pipeline), Time = time ?? TimeProvider.System };
        return new PipelineRun(pipeline, options, progress ?? new RunProgress()).Execute(CancellationToken.None);
    }

    private static PipelineDefinition Pipeline(string name) =>
        PipelineLoader.Load(Path.Combine(Repository.Root, "pipelines", name, "pipeline.yaml"), new PipelineSettings
        {
            Overrides = name == "sales" ? new Dictionary<string, string> { ["file"] = Path.Combine(Repository.Root, AssayProgram.Sample) } : [],
            WorkingDirectory = Repository.Root,
        });

    private protected static string[] Results(RunOutcome outcome) => [.. outcome.Results.Select(result =>
    {
        using var json = new MemoryStream();
        JsonTable.Write(result.Table, json);
        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    })];

    private protected static long Count(EngineSession session, string table, string? column = null)
    {
        var count = new SelectStatement
        {
            Columns = [new SelectColumn("rows", new SqlAggregate(
                ColumnType.Integer, SqlAggregateFunction.Count, column is null ? null : new SqlColumnReference(table, column, ColumnType.Integer)))],
            From = new SqlSource(table),
            GroupKeys = 0,
        };
        var texts = new TextPool();
        using EngineReader reader = session.Query(count, texts);
        var rows = new RowBatch(count.Result, texts);
        Assert.True(reader.Read(rows));
        return rows.Columns[0].Values[0];
    }
}
