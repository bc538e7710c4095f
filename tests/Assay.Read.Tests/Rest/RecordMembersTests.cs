using System.Text;
using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>What records get from their parents.</summary>
public class RecordMembersTests
{
    private const string More = "\"_p_id\":1,\"_p_name\":\"ü\"";

    [Theory]
    [InlineData("[]", null, "[]")]
    [InlineData("[ {\"a\": {\"b\":[{}]} }, {}, 7, null ]", null, "[ {\"a\": {\"b\":[{}]} ,+}, {+}, 7, null ]")]
    [InlineData("{\"id\":2}", null, "{\"id\":2,+}")]
    [InlineData("{\"data\":{\"items\":[{\"id\":2}]},\"next\":\"}\"}", "data.items", "{\"data\":{\"items\":[{\"id\":2,+}]},\"next\":\"}\"}")]
    [InlineData("{\"data\":null}", "data", "{\"data\":null}")]
    [InlineData("\uFEFF[{\"id\":\"é\"}]\n", null, "[{\"id\":\"é\",+}]\n")]
    public void Page_WhenItsRecordsGetMembers_ThenAllElseIsAsItWas(string page, string? record, string expected)
    {
        byte[] body = RecordMembers.Add(Encoding.UTF8.GetBytes(page), PageShape.Names(record), More);

        Assert.Equal(expected.Replace("+", More, StringComparison.Ordinal), Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task Children_WhenFieldsOfTheirParentAreIncluded_ThenAreKeptWithThemAndAskedForAnewWhenTheyChange()
    {
        string title = "one";
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"same\"";
            bool isChild = context.Request.Path.Value!.Contains("/5", StringComparison.Ordinal);
            context.Response.StatusCode = isChild && context.Request.Headers.IfNoneMatch == "\"same\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask
                : StubApi.Json(context, isChild ? """{"data":[{"id":8}]}""" : $"{{\"data\":[{{\"id\":5,\"by\":{{\"title\":\"{title}\"}}}},{{\"id\":5}}]}}");
        });
        RestResource posts = RestCase.Users(api) with
        {
            Path = "posts",
            Paginator = RestPaginator.SinglePage,
            Collect = "id",
            CollectFields = [new("_posts_id", "id"), new("_posts_by_title", "by.title")],
        };
        RestResource notes = posts with { Path = "posts/{resources.posts.id}", Parent = new RestParent("posts", "id"), Collect = null, CollectFields = [] };
        var ledger = new MemoryPageLedger();

        Assert.Equal("""{"data":[{"id":8,"_posts_id":5,"_posts_by_title":"one"}]}""", await KeptAsync());
        Assert.Equal("""{"data":[{"id":8,"_posts_id":5,"_posts_by_title":"one"}]}""", await KeptAsync());
        title = "two";
        Assert.Equal("""{"data":[{"id":8,"_posts_id":5,"_posts_by_title":"two"}]}""", await KeptAsync());
        Assert.Equal([null, "\"same\"", null], api.Log.Where(arrival => arrival.Address == "posts/5").Select(arrival => arrival.Headers.GetValueOrDefault("If-None-Match")));

        async Task<string> KeptAsync()
        {
            Extracted parent = await RestCase.ExtractAsync(posts, new MemoryPageLedger());
            Extracted children = await RestCase.ExtractAsync(notes with { ParentFields = parent.CollectedFields }, ledger, parent.Collected);
            ledger.Complete();
            using var reader = new StreamReader(ledger.Open(Assert.Single(children.Pages)), Encoding.UTF8);
            return await reader.ReadToEndAsync();
        }
    }
}
