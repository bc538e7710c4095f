using System.Text.Json;
using Assay.App.Runs;
using Assay.App.Tests.House;
using Assay.Measure;
using Assay.Refine;
using Assay.Sql;

namespace Assay.App.Tests.Apis;

public sealed class ContentTests : IDisposable
{
    private const string Sample =
        """
        {
          "users": [
            { "id": 1, "name": "Ada North", "username": "ada", "email": "Ada@Site.Example", "phone": "555 x1", "website": "Site.Example",
              "address": { "street": "Mill Lane", "suite": "1", "city": "Ashford", "zipcode": "10-1", "geo": { "lat": "-37.3159", "lng": "81.1496" } },
              "company": { "name": "Birch", "catchPhrase": "Proactive", "bs": "markets" } },
            { "id": 2, "name": "Bo South", "username": "bo", "email": "none", "address": { "city": "Dunmore", "geo": { "lat": "97.5", "lng": "1" } } },
            { "id": 3, "name": "Cy West", "username": "cy", "email": "cy@site.example" }
          ],
          "posts": [
            { "userId": 1, "id": 10, "title": "First", "body": "one\ntwo" },
            { "userId": 1, "id": 11, "title": "Second, \"quoted\"", "body": "x" },
            { "userId": 2, "id": 12, "title": "Third", "body": "y" },
            { "userId": 9, "id": 13, "title": "Nobody's", "body": "z" }
          ],
          "comments": [
            { "postId": 10, "id": 100, "name": "n", "email": "r1@site.example", "body": "four" },
            { "postId": 10, "id": 101, "name": "n", "email": "r1@site.example", "body": "seven77" },
            { "postId": 12, "id": 102, "name": "n", "email": "r2@site.example", "body": "é😀" },
            { "postId": 13, "id": 103, "name": "n", "email": "r2@site.example", "body": "123456789" },
            { "postId": 99, "id": 104, "name": "n", "email": "r3@site.example", "body": "lost" },
            { "postId": 10, "id": 105, "name": "n", "email": "r3@site.example", "body": "five5" }
          ]
        }
        """;

    private readonly FilePipeline _pipeline = new("content", "*");

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Run_WhenOnASmallSample_ThenTheFiguresAreThoseCountedByHand()
    {
        RunOutcome outcome = Run();

        Assert.Equal((13L, 13L), (outcome.Books.Read, outcome.Books.Accepted));
        Assert.Equal(["1,Ada North,2,0.5000", "2,Bo South,1,0.2500", "9,Unknown,1,0.2500"], _pipeline.Rows("posts_per_user"));
        Assert.Equal(["1,Ada North,2"], _pipeline.Rows("most_active_user"));
        Assert.Equal(["10,First,Ada North,3", "12,Third,Bo South,1", "13,Nobody's,Unknown,1"], _pipeline.Rows("top_posts"));
        Assert.Equal(["1,Ada North,3,1,2,3.00,0.6000", "2,Bo South,1,1,1,1.00,0.2000", "9,Unknown,1,1,1,1.00,0.2000"], _pipeline.Rows("engagement_by_user"));
        Assert.Equal(["6,5.17,4.50,2,9"], _pipeline.Rows("comment_lengths"));
        JsonElement report = Report();
        JsonElement users = report.GetProperty("user_analytics");
        Assert.Equal((3, "1.33"), (users.GetProperty("total_users").GetInt32(), users.GetProperty("average_posts_per_user").GetRawText()));
        JsonElement content = report.GetProperty("content_analytics");
        Assert.Equal((4, 6, "1.50"), (content.GetProperty("total_posts").GetInt32(), content.GetProperty("total_comments").GetInt32(), content.GetProperty("average_comments_per_post").GetRawText()));
    }

    [Fact]
    public void Run_WhenItPublishes_ThenReportsAreStampedWithTimeAndRun()
    {
        RunOutcome outcome = Run();

        string stamp = $"20240120T120000Z_{outcome.RunId}";
        Assert.Superset(
            new HashSet<string> { $"analytics_report_{stamp}.json", $"top_posts_{stamp}.csv", $"posts_per_user_{stamp}.csv", $"engagement_by_user_{stamp}.csv" },
            _pipeline.Gold.Keys.ToHashSet());
        JsonElement metadata = Report().GetProperty("metadata");
        Assert.Equal((outcome.RunId, "2024-01-20T12:00:00Z"), (metadata.GetProperty("run_id").GetString(), metadata.GetProperty("generated_at").GetString()));
        Assert.Equal(_pipeline.Gold["top_posts.csv"], _pipeline.Gold[$"top_posts_{stamp}.csv"]);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("sqlite")]
    public void Run_WhenADatabaseComputes_ThenPublishesWhatMemoryDoes(string engine)
    {
        using var other = new FilePipeline("content", "*");
        string file = other.Write("content.json", Sample);
        (string, string)[] files = [("users", file), ("posts", file), ("comments", file)];
        other.Run(
            options => options with
            {
                Engine = Assay.App.Engines.EngineChoice.All.Single(one => one.Name == engine),
                Connections = new Assay.App.Engines.EngineConnections(other.Load(files), new Assay.App.Pipelines.PipelineSettings(), other.Home),
            },
            files);
        Run();

        Assert.Equal(Plain(_pipeline), Plain(other));

        static string[] Plain(FilePipeline pipeline) => [.. pipeline.Gold.Where(file => !file.Key.Contains("_2024", StringComparison.Ordinal)).Select(file => $"{file.Key}: {file.Value}")];
    }

    [Fact]
    public void Kpis_WhenAskedOfEveryDialect_ThenEachCanBeSaid()
    {
        Assay.App.Pipelines.PipelineDefinition pipeline = _pipeline.Load(("users", "x"), ("posts", "x"), ("comments", "x"));
        var schemas = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone).Schema);
        foreach (SqlDialect dialect in new SqlDialect[] { DuckDbDialect.Instance, PostgresDialect.Instance, MySqlDialect.MariaDb, SqliteDialect.Instance })
        {
            Assert.All(pipeline.Kpis, kpi => Assert.NotEmpty(
                KpiQuery.Create(KpiPlan.Create(kpi, schemas[kpi.From], schemas), new KpiQueryOptions { Dialect = dialect, TableName = name => name }).Preview));
        }
    }

    [Fact]
    public void Run_WhenOnTheSharedDataSet_ThenEveryUserHasTenPosts()
    {
        string shared = Path.Combine(Repository.Root, "..", "shared", "data", "content", "jsonplaceholder.json");
        if (!File.Exists(shared))
        {
            return;
        }

        _pipeline.Run(("users", shared), ("posts", shared), ("comments", shared));

        Assert.Equal("10.00", Report().GetProperty("user_analytics").GetProperty("average_posts_per_user").GetRawText());
        Assert.Equal(["1,Leanne Graham,10"], _pipeline.Rows("most_active_user"));
        Assert.Equal((100, 500), (Report().GetProperty("content_analytics").GetProperty("total_posts").GetInt32(), Report().GetProperty("content_analytics").GetProperty("total_comments").GetInt32()));
    }

    private RunOutcome Run()
    {
        string file = _pipeline.Write("content.json", Sample);
        return _pipeline.Run(("users", file), ("posts", file), ("comments", file));
    }

    private JsonElement Report() => JsonDocument.Parse(_pipeline.Gold.Single(file => file.Key.StartsWith("analytics_report_", StringComparison.Ordinal)).Value).RootElement;
}
