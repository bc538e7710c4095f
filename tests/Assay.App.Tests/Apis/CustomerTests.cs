using System.Text.Json;
using Assay.App.Runs;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Apis;

public sealed class CustomerTests : IDisposable
{
    private readonly FilePipeline _pipeline = new("customers", "data");

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Run_WhenTwoPagesAreRead_ThenTheDocumentsHaveTheDocumentedShape()
    {
        _pipeline.Run(("customer_profiles", _pipeline.Write("page1.json", Page([.. Enumerable.Range(1, 6).Select(id => Customer(id))]))));
        _pipeline.Run(("customer_profiles", _pipeline.Write("page2.json", Page([.. Enumerable.Range(7, 6).Select(id => Customer(id, email: id == 9 ? "\"nobody\"" : null))]))));

        JsonElement customers = Document("processed_customers.json");
        Assert.Equal([], JsonShape.Faults(Schema("processed_customers"), customers));
        Assert.Equal(12, customers.GetProperty("metadata").GetProperty("total_customers").GetInt32());
        Assert.Equal("2024-01-20T12:00:00Z", customers.GetProperty("metadata").GetProperty("export_timestamp").GetString());
        Assert.Equal("""{"high_quality":12,"medium_quality":0,"low_quality":0}""", Compact(customers.GetProperty("metadata").GetProperty("data_quality_summary")));
        Assert.Equal(Enumerable.Range(1, 12), customers.GetProperty("customers").EnumerateArray().Select(one => one.GetProperty("customer_id").GetInt32()));
        Assert.Equal(
            """{"customer_id":1,"full_name":"First1 Last1","email_domain":"site.example","engagement_level":"high","activity_status":"active","acquisition_channel":"website","market_segment":"APAC","customer_tier":"basic","data_quality_score":100}""",
            Compact(customers.GetProperty("customers")[0]));
        Assert.Equal((90, JsonValueKind.Null), (customers.GetProperty("customers")[8].GetProperty("data_quality_score").GetInt32(), customers.GetProperty("customers")[8].GetProperty("email_domain").ValueKind));

        JsonElement report = Document("summary_report.json");
        Assert.Equal([], JsonShape.Faults(Schema("summary_report"), report));
        Assert.Equal("99.17", report.GetProperty("overview").GetProperty("average_quality_score").GetRawText());
        Assert.Equal(1, report.GetProperty("overview").GetProperty("customers_without_email").GetInt32());
        Assert.All(report.GetProperty("distributions").EnumerateObject(), one => Assert.Equal(12, one.Value.EnumerateObject().Sum(part => part.Value.GetInt32())));
    }

    [Fact]
    public void Run_WhenFieldsAreMissingOrWrong_ThenEachTakesTenPointsAndTheRowStays()
    {
        RunOutcome outcome = _pipeline.Run(("customer_profiles", _pipeline.Write("page.json", Page(
            Customer(1, email: "\"x@y\""),
            Customer(2, email: "null", first: "\"\""),
            Customer(3, email: "\"a b@c.example\"", first: "null", last: "\"  \""),
            Customer(4, email: "\"\"", first: "null", last: "null", avatar: "\"face.jpg\""),
            Customer(5, email: "\" Ada@Site.Example \"")))));

        Assert.Equal((5L, 5L), (outcome.Books.Read, outcome.Books.Accepted));
        JsonElement[] customers = [.. Document("processed_customers.json").GetProperty("customers").EnumerateArray()];
        Assert.Equal([90, 80, 70, 60, 100], customers.Select(one => one.GetProperty("data_quality_score").GetInt32()));
        Assert.Equal(["First1 Last1", "Last2", null, null, "First5 Last5"], customers.Select(one => one.GetProperty("full_name").GetString()));
        Assert.Equal([null, null, null, null, "site.example"], customers.Select(one => one.GetProperty("email_domain").GetString()));
        Assert.Equal(
            """{"high_quality":2,"medium_quality":2,"low_quality":1}""",
            Compact(Document("processed_customers.json").GetProperty("metadata").GetProperty("data_quality_summary")));
    }

    [Fact]
    public void Run_WhenACustomerComesSeveralTimesInAFile_ThenTheBestCountsAndOfEqualOnesTheLast()
    {
        RunOutcome outcome = _pipeline.Run(("customer_profiles", _pipeline.Write("page.json", Page(
            Customer(1, first: "\"Best\""),
            Customer(1, first: "\"Worse\"", email: "null"),
            Customer(2, first: "\"Early\""),
            Customer(2, first: "\"Late\""),
            Customer(3, first: "null"),
            Customer(3, first: "\"Better\"")))));

        Assert.Equal((6L, 3L, 3L), (outcome.Books.Read, outcome.Books.Accepted, outcome.Books.Deduplicated));
        Assert.Equal(["Best Last1", "Late Last2", "Better Last3"], Names());
    }

    [Fact]
    public void Run_WhenACustomerComesInSeveralFilesOfARun_ThenTheBestCountsAndOfEqualOnesTheLast()
    {
        _pipeline.Write("page-1.json", Page(Customer(1, first: "\"Best\""), Customer(2, first: "\"Early\""), Customer(3, first: "null")));
        _pipeline.Write("page-2.json", Page(Customer(3, first: "\"Better\""), Customer(2, first: "\"Late\""), Customer(1, first: "\"Worse\"", email: "null")));

        _pipeline.Run(("customer_profiles", Path.Combine(Path.GetDirectoryName(_pipeline.Home.Root)!, "page-*.json")));

        Assert.Equal(["Best Last1", "Late Last2", "Better Last3"], Names());
    }

    [Fact]
    public void Run_WhenACustomerComesAgainInALaterRun_ThenTheBestCountsAndOfEqualOnesTheLast()
    {
        _pipeline.Run(("customer_profiles", _pipeline.Write("a.json", Page(Customer(1, first: "\"Best\""), Customer(2, first: "\"Early\""), Customer(3, first: "null")))));
        string later = _pipeline.Write("b.json", Page(Customer(1, first: "\"Worse\"", email: "null"), Customer(2, first: "\"Late\""), Customer(3, first: "\"Better\"")));
        _pipeline.Run(("customer_profiles", later));
        Assert.Equal(["Best Last1", "Late Last2", "Better Last3"], Names());

        SortedDictionary<string, string> gold = _pipeline.Gold;
        _pipeline.Run(options => options with { FullRefresh = true }, ("customer_profiles", later));
        Assert.Equal(gold["processed_customers.json"], _pipeline.Gold["processed_customers.json"]);
    }

    [Fact]
    public void Run_WhenACustomerIsAdded_ThenNobodyElsesFieldsChange()
    {
        string[] few = [.. Enumerable.Range(1, 200).Where(id => id % 3 != 0).Select(id => Customer(id))];
        string[] all = [.. Enumerable.Range(1, 200).OrderBy(id => id * 37 % 101).Select(id => Customer(id))];
        _pipeline.Run(("customer_profiles", _pipeline.Write("few.json", Page(few))));
        var before = Document("processed_customers.json").GetProperty("customers").EnumerateArray().ToDictionary(one => one.GetProperty("customer_id").GetInt32(), Compact);
        _pipeline.Run(("customer_profiles", _pipeline.Write("all.json", Page(all))));
        var after = Document("processed_customers.json").GetProperty("customers").EnumerateArray().ToDictionary(one => one.GetProperty("customer_id").GetInt32(), Compact);

        Assert.Equal(200, after.Count);
        Assert.All(before, one => Assert.Equal(one.Value, after[one.Key]));
    }

    [Fact]
    public void Run_WhenThereAreManyCustomers_ThenTheFieldsHaveTheDocumentedDistributions()
    {
        _pipeline.Run(("customer_profiles", _pipeline.Write("page.json", Page([.. Enumerable.Range(1, 5000).Select(id => Customer(id))]))));

        JsonElement distributions = Document("summary_report.json").GetProperty("distributions");
        AssertShares(distributions, "activity_status", ("active", 0.8), ("inactive", 0.2));
        AssertShares(distributions, "acquisition_channel", ("website", 0.5), ("mobile", 0.3), ("email", 0.2));
        AssertShares(distributions, "customer_tier", ("basic", 0.6), ("premium", 0.3), ("enterprise", 0.1));
    }

    [Fact]
    public void Run_WhenRepeatedElsewhereAsOfTheSameMoment_ThenTheBytesAreTheSame()
    {
        string page = Page([.. Enumerable.Range(1, 300).Select(id => Customer(id, email: id % 7 == 0 ? "null" : null))]);
        _pipeline.Run(("customer_profiles", _pipeline.Write("page.json", page)));
        using var other = new FilePipeline("customers", "data");
        other.Run(options => options with { Threads = 1 }, ("customer_profiles", other.Write("page.json", page)));

        Assert.Equal(other.Gold, _pipeline.Gold);
    }

    private static void AssertShares(JsonElement distributions, string field, params (string Value, double Share)[] expected) =>
        Assert.All(expected, one => Assert.InRange(distributions.GetProperty(field).GetProperty(one.Value).GetInt32() / 5000.0, one.Share - 0.03, one.Share + 0.03));

    private IEnumerable<string?> Names() => Document("processed_customers.json").GetProperty("customers").EnumerateArray().Select(one => one.GetProperty("full_name").GetString());

    private JsonElement Document(string name) => JsonDocument.Parse(_pipeline.Gold[name]).RootElement;

    private static JsonElement Schema(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "pipelines", "customers", name + ".schema.json"))).RootElement;

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);

    private static string Page(params IEnumerable<string> customers) => $$"""{"page": 1, "data": [{{string.Join(",\n", customers)}}]}""";

    private static string Customer(int id, string? first = null, string? last = null, string? email = null, string? avatar = null) =>
        $$"""{"id": {{id}}, "email": {{email ?? $"\"person{id}@site.example\""}}, "first_name": {{first ?? $"\"First{id}\""}}, "last_name": {{last ?? $"\"Last{id}\""}}, "avatar": {{avatar ?? $"\"https://site.example/{id}.jpg\""}}}""";
}
