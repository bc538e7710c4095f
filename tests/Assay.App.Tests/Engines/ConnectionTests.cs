using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Engines;

/// <summary>Which engine a run takes, and how its database is reached.</summary>
public sealed class ConnectionTests
{
    private const string Shop = """
        pipeline: shop
        ENGINES
        sources:
          shop: { format: csv, path: shop.csv }
        tables:
          shop: { from: shop, columns: { id: { type: string } } }
        kpis:
          ids: { title: Ids, from: shop, measures: { ids: count(*) } }
        """;

    [Theory]
    [InlineData("memory", "memory")]
    [InlineData("DuckDB", "duckdb")]
    [InlineData("postgresql", "postgres")]
    [InlineData("mariadb", "mysql")]
    public void Engine_WhenNamed_ThenIsFoundByItsOtherNamesToo(string asked, string engine) =>
        Assert.Equal(engine, Connections("").Choose(asked).Name);

    [Fact]
    public void Engine_WhenUnknown_ThenSaysWhichThereAre()
    {
        var error = Assert.Throws<UsageException>(() => Connections("").Choose("postgrs"));
        Assert.Equal("there is no engine `postgrs`, did you mean `postgres`?; the engines are memory, duckdb, sqlite, postgres, mysql", error.Message);
    }

    [Fact]
    public void Engine_WhenNoneIsNamed_ThenIsThePipelinesOwn()
    {
        Assert.Equal("memory", Connections("").Choose(null).Name);
        Assert.Equal("sqlite", Connections("engine: sqlite").Choose(null).Name);
        Assert.Equal("duckdb", Connections("").ChooseDatabase(null).Name);
        Assert.Equal("sqlite", Connections("engine: sqlite").ChooseDatabase(null).Name);
        Assert.Throws<UsageException>(() => Connections("").ChooseDatabase("memory"));
    }

    [Theory]
    [InlineData("engine: oracle", "2:9: there is no engine `oracle`; the engines are memory, duckdb, sqlite, postgres, mysql")]
    [InlineData("engines: { memory: x }", "2:12: `memory` needs no connection")]
    [InlineData("engines: { postgres: \"Host=db;Password=secret\" }", "2:22: this connection has a password written in it; write `Password=${SOME_NAME}`, and give SOME_NAME in the environment or in .env")]
    [InlineData("engines: { postgres: \"postgres://me:secret@db/shop\" }", "2:22: this connection has a password written in it; write `Password=${SOME_NAME}`, and give SOME_NAME in the environment or in .env")]
    public void Definition_WhenItsEnginesAreWrong_ThenSaysWhatAndWhere(string engines, string message)
    {
        var error = Assert.Throws<DefinitionException>(() => Pipeline(engines));
        Assert.Equal([$"shop.yaml:{message}"], error.Errors.Select(one => one.ToString()));
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_WhenTheFileNamesAVariableWithoutAValue_ThenOnlyWhoUsesItIsTold()
    {
        EngineConnections connections = Connections("engines: { postgres: \"Host=db;Password=${SHOP_PASSWORD}\" }");

        Assert.Equal("memory", connections.Choose(null).Name);
        var error = Assert.Throws<UsageException>(() => Create(connections, "postgres"));
        Assert.Equal("shop.yaml:2:40: unknown variable `SHOP_PASSWORD`; declare it under `variables`, or write `${SHOP_PASSWORD:-default}`", error.Message);
    }

    [Fact]
    public void Connection_WhenNothingSaysIt_ThenSaysWhereToWriteIt()
    {
        var error = Assert.Throws<UsageException>(() => Create(Connections(""), "postgres"));
        Assert.Equal(
            "nothing says how PostgreSQL is reached; give ASSAY__ENGINES__POSTGRES in the environment or in .env, such as "
            + "postgres://user:password@localhost:5432/database, or `engines: { postgres: … }` in shop.yaml",
            error.Message);
    }

    [Fact]
    public void Connection_WhenSeveralSayIt_ThenTheEnvironmentCountsBeforeTheFile()
    {
        PipelineDefinition pipeline = Pipeline("engines: { postgres: Host=file }");
        var settings = new PipelineSettings
        {
            Environment = new Dictionary<string, string> { ["ASSAY__ENGINES__MYSQL"] = "Server=environment" },
            DotEnv = new Dictionary<string, string> { ["ASSAY__ENGINES__MYSQL"] = "Server=dotenv" },
        };
        var connections = new EngineConnections(pipeline, settings, new AssayHome("data"));

        Assert.Equal(["memory", "duckdb", "sqlite", "postgres", "mysql"], EngineChoice.All.Where(connections.IsKnown).Select(engine => engine.Name));
        Assert.Equal(["memory", "duckdb", "sqlite"], EngineChoice.All.Where(Connections("").IsKnown).Select(engine => engine.Name));
    }

    [Theory]
    [InlineData("Host=db;Database=shop", "Host=db;Database=shop")]
    [InlineData("postgres://me:p%40ss%3Aword@db:5433/shop?sslmode=require", "Host=db;Port=5433;Database=shop;Username=me;Password=p@ss:word;SSL Mode=require")]
    [InlineData("mysql://me@db/shop", "Host=db;Database=shop;Username=me")]
    public void Url_WhenGiven_ThenIsAConnectionString(string url, string expected) =>
        Assert.Equal(expected, ConnectionUrl.ToConnectionString(url, url.StartsWith("mysql", StringComparison.Ordinal) ? EngineKind.MySql : EngineKind.Postgres), ignoreCase: true);

    [Fact]
    public void Url_WhenItIsNone_ThenTheMessageDoesNotRepeatIt()
    {
        var error = Assert.Throws<UsageException>(() => ConnectionUrl.ToConnectionString("postgres://me:sec ret@/:x", EngineKind.Postgres));
        Assert.DoesNotContain("sec ret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://me:secret@db/shop", EngineKind.Postgres, "this connection URL begins with postgres:// or postgresql://, and http:// was given")]
    [InlineData("postgres://me:secret@db/shop", EngineKind.MySql, "this connection URL begins with mysql:// or mariadb://, and postgres:// was given")]
    public void Url_WhenItIsOfSomethingElse_ThenIsRefused(string url, EngineKind engine, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => ConnectionUrl.ToConnectionString(url, engine)).Message);

    [Fact]
    public void Run_WhenItStopsBeforeGold_ThenAnEngineIsRefused()
    {
        using var assay = new AssayProgram();

        ProgramResult result = assay.Run("run", "orders", "--until", "silver", "--engine", "duckdb");

        Assert.Equal((2, "error: --until silver computes no KPI, so DuckDB is given nothing; leave --engine out"), (result.ExitCode, result.Error.TrimEnd()));
    }

    [Fact]
    public void Sql_WhenItIsExplainedAndTheTablesAreNotThere_ThenSaysToRunThePipelineThere()
    {
        using var assay = new AssayProgram();
        assay.RunSales(AssayProgram.Sample, "--engine", "sqlite");

        ProgramResult result = assay.Run("sql", "orders", "--explain", "--engine", "sqlite");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("of `orders` yet; run the pipeline there first: assay run orders --engine sqlite", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenTheConnectionCannotBeUnderstood_ThenIsAUsageErrorAsAWrongUrlIs()
    {
        var error = new EngineException("postgres", "the connection cannot be understood") { IsMisconfigured = true };

        Assert.Equal((2, 2, 3), (ExitCodes.Of(error), ExitCodes.Of(new UsageException("x")), ExitCodes.Of(new EngineException("postgres", "gone"))));
    }

    private static void Create(EngineConnections connections, string engine) =>
        connections.Create(connections.Choose(engine), _ => { }, TimeProvider.System).Dispose();

    private static EngineConnections Connections(string engines) => new(Pipeline(engines), new PipelineSettings(), new AssayHome("data"));

    private static PipelineDefinition Pipeline(string engines) =>
        PipelineLoader.Parse(Shop.Replace("ENGINES", engines, StringComparison.Ordinal), "shop.yaml", new PipelineSettings());
}
