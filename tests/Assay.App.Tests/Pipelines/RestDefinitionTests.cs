using Assay.App.Pipelines;
using Assay.Read.Rest;

namespace Assay.App.Tests.Pipelines;

public sealed class RestDefinitionTests
{
    private const string Blog =
        """
        pipeline: blog
        layers: [bronze, silver, gold]
        variables: { base_url: "https://api.example.com/v1" }
        client:
          base_url: "${base_url}"
          headers: { Accept: application/json, x-team: blog }
          auth: { type: bearer, token: "${BLOG_TOKEN}" }
          requests_per_second: 50
          attempts: 3
          timeout: 10 seconds
        sources:
          posts:
            format: rest
            path: posts
            params: { per_page: 6, sort: id }
            record: data
            headers: { X-Team: posts }
            paginator: { type: page_number, total_path: total_pages, total_records_path: total }
            incremental: { cursor_path: updated_at, start_param: since, initial_value: "2024-01-01" }
            cache: 10 minutes
          comments:
            format: rest
            path: /posts/{resources.posts.id}/comments
            auth: none
            paginator: header_link
        tables:
          posts: { from: posts, key: [id], columns: { id: { type: integer, required: true } } }
          comments: { from: comments, columns: { id: { type: integer } } }
        simulate: mock-api.yaml
        """;

    private static readonly PipelineSettings Settings = new() { Environment = new Dictionary<string, string> { ["BLOG_TOKEN"] = "s3cret" } };

    [Fact]
    public void Parse_WhenSourcesAreApis_ThenGivesThemWithTheClientsSettings()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Blog, "blog.yaml", Settings);
        SourceDefinition posts = pipeline.Sources[0];
        RestSourceDefinition rest = posts.Rest!;
        Assert.Equal(("rest", "", "data", "https://api.example.com/v1/"), (posts.Format, posts.Path, posts.Record, rest.BaseUrl!.AbsoluteUri));
        Assert.Equal(["Accept=application/json", "X-Team=posts"], rest.Headers.Select(header => $"{header.Key}={header.Value}"));
        Assert.Equal(["per_page=6", "sort=id"], rest.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        Assert.Equal(new RestPaginator.PageNumber { TotalPath = "total_pages", TotalRecordsPath = "total" }, rest.Paginator);
        Assert.Equal(new RestIncremental("updated_at", "since", "2024-01-01"), rest.Incremental);
        Assert.Equal(new RestAuthentication.Bearer("s3cret"), rest.Credentials.Require(""));
        Assert.Equal(
            new RestLimits { RequestsPerSecond = 50, Attempts = 3, Timeout = TimeSpan.FromSeconds(10), CacheFor = TimeSpan.FromMinutes(10) }, rest.Limits);

        RestSourceDefinition comments = pipeline.Sources[1].Rest!;
        Assert.Equal("posts/{resources.posts.id}/comments", comments.Path);
        Assert.Equal(new RestParent("posts", "id"), comments.Parent);
        Assert.Contains(comments.Parent!.Placeholder, comments.Path, StringComparison.Ordinal);
        Assert.Equal((RestAuthentication.None, new RestPaginator.HeaderLink()), (comments.Credentials.Require(""), comments.Paginator));
        Assert.Equal(Path.Combine(pipeline.Folder, "mock-api.yaml"), pipeline.Simulate);
    }

    [Fact]
    public void Parse_WhenASecretHasNoValue_ThenOnlyWhoAsksIsTold()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Blog, "blog.yaml", new PipelineSettings());
        UsageException exception = Assert.Throws<UsageException>(() => pipeline.Sources[0].Rest!.Credentials.Require(", or do something else"));
        Assert.Equal("blog.yaml:7:32: `BLOG_TOKEN` has no value, and the API asks for it; give it in the environment or in .env, or do something else", exception.Message);
    }

    [Fact]
    public void Parse_WhenTheAddressIsAnEmptyVariable_ThenOnlyWhoAsksIsTold()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Blog.Replace("https://api.example.com/v1", "", StringComparison.Ordinal), "blog.yaml", Settings);
        Assert.All(pipeline.Sources, source => Assert.Null(source.Rest!.BaseUrl));
    }

    [Fact]
    public void ToString_WhenThereAreSecrets_ThenShowsNone()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Blog, "blog.yaml", Settings);
        Assert.DoesNotContain("s3cret", pipeline.ToString() + string.Concat(pipeline.Sources), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", pipeline.Sources[0].Rest!.ToString(), StringComparison.Ordinal);
        Assert.Equal("credentials", pipeline.Sources[0].Rest!.Credentials.ToString());
    }

    [Theory]
    [InlineData("bearer, token: \"${BLOG_TOKEN}\"", "http_basic, username: me, password: \"${BLOG_TOKEN}\"", "HttpBasic")]
    [InlineData("bearer, token: \"${BLOG_TOKEN}\"", "api_key, api_key: \"${BLOG_TOKEN}\", name: key, location: query", "ApiKey")]
    [InlineData("bearer, token: \"${BLOG_TOKEN}\"", "oauth2_client_credentials, access_token_url: \"https://login.example.com/token\", client_id: me, client_secret: \"${BLOG_TOKEN}\", scope: read", "OAuth2ClientCredentials")]
    public void Parse_WhenAuthIsOfAnotherKind_ThenGivesThatKind(string right, string other, string kind)
    {
        RestAuthentication found = PipelineLoader.Parse(Replaced(right, other), "blog.yaml", Settings).Sources[0].Rest!.Credentials.Require("");
        RestAuthentication wanted = kind switch
        {
            "HttpBasic" => new RestAuthentication.HttpBasic("me", "s3cret"),
            "ApiKey" => new RestAuthentication.ApiKey("key", "s3cret", ApiKeyLocation.Query),
            _ => new RestAuthentication.OAuth2ClientCredentials(new Uri("https://login.example.com/token"), "me", "s3cret", "read"),
        };
        Assert.Equal(wanted, found);
    }

    [Theory]
    [InlineData("header_link", "{ type: header_link, links_next_key: more }", "HeaderLink { Relation = more }")]
    [InlineData("header_link", "{ type: cursor, cursor_path: meta.next, cursor_param: after }", "Cursor { CursorPath = meta.next, CursorParameter = after }")]
    [InlineData("header_link", "{ type: json_link, next_url_path: links.next }", "JsonLink { NextUrlPath = links.next }")]
    [InlineData("header_link", "{ type: offset, limit: 100, total_path: count }", "Offset { Limit = 100, OffsetParameter = offset, LimitParameter = limit, TotalPath = count, MaximumOffset =  }")]
    [InlineData("header_link", "page_number", "PageNumber { BasePage = 1, PageParameter = page, TotalPath = , TotalRecordsPath = , MaximumPage =  }")]
    [InlineData("header_link", "single_page", "SinglePagePaginator { }")]
    [InlineData("header_link", "auto", "AutoPaginator { }")]
    public void Parse_WhenThePaginatorIsOfAnotherKind_ThenGivesThatKind(string right, string other, string paginator) =>
        Assert.Equal(paginator, PipelineLoader.Parse(Replaced(right, other), "blog.yaml", Settings).Sources[1].Rest!.Paginator.ToString());

    [Theory]
    [InlineData("  base_url: \"${base_url}\"\n", "", "11:3: `base_url` is missing; it is the API's address; write it here, or under `client` for all sources", "20:3: `base_url` is missing; it is the API's address; write it here, or under `client` for all sources")]
    [InlineData("\"${base_url}\"", "ftp://example.com", "5:13: `base_url` is no address of http or https, for example `https://api.example.com/v1`")]
    [InlineData("\"${base_url}\"", "https://me:pw@example.com", "5:13: `base_url` has a user or a password in it; write `auth: { type: http_basic, username: …, password: \"${SOME_NAME}\" }`")]
    [InlineData("\"${base_url}\"", "https://example.com/v1?key=1", "5:13: `base_url` ends before the `?`; parameters go to `params` of the source")]
    [InlineData("x-team: blog", "Authorization: me", "6:40: `Authorization` is for secrets, which are kept out of messages only under `auth`; write `auth: { type: bearer, token: \"${SOME_NAME}\" }`, or another of its types")]
    [InlineData("x-team: blog", "Private-Token: me", "6:40: `Private-Token` is for secrets, which are kept out of messages only under `auth`; write `auth: { type: bearer, token: \"${SOME_NAME}\" }`, or another of its types")]
    [InlineData("timeout: 10 seconds", "timeout: 2 days", "10:12: `timeout` is the time of one try: 10 ms to 1 day, for example `30 seconds`")]
    [InlineData("cache: 10 minutes", "include_from_parent: [id]", "20:27: `include_from_parent` needs a parent; name it in `path`, for example `posts/{resources.posts.id}/comments`")]
    [InlineData("auth: none", "include_from_parent: [\"a b\"]", "24:27: `a b` is no field of a record; it is a name, or a dotted path such as `author.id`")]
    [InlineData("posts: { from: posts, key: [id], ", "posts: { from: posts, ", "12:3: `posts` is incremental: records at its last value come again, and table `posts`, which has no `key`, would hold them twice; give `posts` a key, for example `key: [id]`")]
    [InlineData("x-team: blog", "Host: me", "6:40: `Host` is set for each request; leave it out")]
    [InlineData("x-team: blog", "\"a b\": me", "6:40: `a b` cannot name a header; use letters, digits and `-`")]
    [InlineData("\"${BLOG_TOKEN}\"", "s3cret", "7:32: `token` is a secret, and must be a variable; write `\"${SOME_NAME}\"`, and give SOME_NAME in the environment or in .env")]
    [InlineData("\"${BLOG_TOKEN}\"", "\"${BLOG_TOKEN:-s3cret}\"", "7:32: `token` is a secret, and must be a variable; write `\"${SOME_NAME}\"`, and give SOME_NAME in the environment or in .env")]
    [InlineData("\"${BLOG_TOKEN}\"", "\"${base_url}\"", "7:32: `token` is a secret, and `base_url` is declared under `variables`, which are kept with every run; leave it out there, and give base_url in the environment or in .env")]
    [InlineData("bearer, token", "bearr, token", "7:17: `auth` cannot be `bearr`, did you mean `bearer`?")]
    [InlineData("bearer, token", "bearer, tokn", "7:9: `token` is missing; `bearer` needs it", "7:25: unknown key `tokn`, did you mean `token`?")]
    [InlineData("{ type: bearer, token", "{ token", "7:9: `type` is missing; it is one of bearer, http_basic, api_key, oauth2_client_credentials")]
    [InlineData("auth: none", "auth: bearer", "24:11: `token` is missing; `bearer` needs it")]
    [InlineData("requests_per_second: 50", "requests_per_second: 0", "8:24: `requests_per_second` must be a whole number from 1 to 100000, not `0`")]
    [InlineData("10 seconds", "10 secs", "10:12: `10 secs` is no length of time; write a whole number of ms, seconds, minutes, hours or days, for example `30 seconds`")]
    [InlineData("10 seconds", "10000 days", "10:12: `10000 days` is no length of time; write a whole number of ms, seconds, minutes, hours or days, for example `30 seconds`")]
    [InlineData("    path: posts\n", "", "12:3: `path` is missing; it is what is asked for, seen from `base_url`, for example `users`", null)]
    [InlineData("path: posts\n", "path: posts?page=1\n", "14:16: `path` ends before the `?`; parameters go to `params`, for example `params: { per_page: 100 }`")]
    [InlineData("path: posts\n", "path: https://other.example.com/posts\n", "14:11: `https://other.example.com/posts` is no path seen from `base_url`; write it without scheme and host, and without `..`, for example `users`")]
    [InlineData("per_page: 6", "api_key: abc", "15:15: `api_key` is for secrets, and parameters are part of the addresses that are kept; write `auth: { type: api_key, name: api_key, api_key: \"${SOME_NAME}\", location: query }`")]
    [InlineData("per_page: 6", "per_page: [6]", "15:25: `per_page` must be a text, not a list")]
    [InlineData("record: data", "record: \"\"", "16:13: `record` cannot be ``; it is a name, or a dotted path such as `meta.next`")]
    [InlineData("record: data", "delimiter: \";\"", "16:5: unknown key `delimiter`; the keys are format, path, params, record, incremental, include_from_parent, known_fields, base_url, headers, auth, paginator, requests_per_second, concurrency, attempts, backoff, timeout, total_timeout, cache")]
    [InlineData("type: page_number", "type: pages", "18:24: `paginator` cannot be `pages`; it is one of auto, single_page, page_number, offset, cursor, json_link, header_link")]
    [InlineData("type: page_number, total_path: total_pages", "type: offset, total_path: total_pages", "18:16: `limit` is missing; `offset` needs it", "18:57: unknown key `total_records_path`; the keys are type, limit, offset_param, limit_param, total_path, maximum_offset")]
    [InlineData("cursor_path: updated_at, ", "", "19:5: `cursor_path` is missing, for example `incremental: { cursor_path: updated_at, start_param: since }`")]
    [InlineData("resources.posts.id", "resources.post.id", "23:29: unknown source `post`, did you mean `posts`?")]
    [InlineData("resources.posts.id", "posts.id", "23:18: `/posts/{posts.id}/comments` has a brace that begins or ends no placeholder; a placeholder is written `{resources.posts.id}`: a source and a field of its records")]
    [InlineData("{resources.posts.id}/comments", "{resources.posts.id}/{resources.posts.no}", "23:39: a path has one placeholder at most")]
    [InlineData("path: posts\n", "path: posts/{resources.comments.id}\n", "14:28: `posts` waits for itself: `posts` for `comments` for `posts`", "23:29: `comments` waits for itself: `comments` for `posts` for `comments`")]
    [InlineData("layers: [bronze, silver, gold]", "layers: [gold]", "12:3: `posts` is an API, whose pages are kept as they come, and so this pipeline has to keep bronze and silver; write `layers: [bronze, silver, gold]`", "21:3: `comments` is an API, whose pages are kept as they come, and so this pipeline has to keep bronze and silver; write `layers: [bronze, silver, gold]`", "27:30: `key` needs the silver layer; write `layers: [bronze, silver, gold]` at the top of the file")]
    [InlineData("simulate: mock-api.yaml", "simulate: \"\"", "29:11: `simulate` names no file; it is the file, beside this one, that says how the APIs are imitated, for example `mock-api.yaml`")]
    [InlineData("client:", "client: https://example.com\nclint:", "4:9: `client` must be a mapping, not a text; its keys are base_url, headers, auth, paginator, requests_per_second, concurrency, attempts, backoff, timeout, total_timeout, cache", null)]
    public void Parse_WhenAnApiIsWrong_ThenSaysWhatAndWhere(string right, string wrong, params string?[] errors)
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() => PipelineLoader.Parse(Replaced(right, wrong), "blog.yaml", Settings));
        string[] found = [.. exception.Errors.Select(error => error.ToString()["blog.yaml:".Length..])];

        // A null at the end: what follows from the first mistake is not of interest.
        string[] wanted = [.. errors.OfType<string>()];
        Assert.Equal(wanted, errors.Contains(null) ? found.Take(wanted.Length) : found);
        Assert.DoesNotContain(found, error => error.Contains("s3cret", StringComparison.Ordinal));
    }

    private static string Replaced(string right, string wrong)
    {
        Assert.Contains(right, Blog, StringComparison.Ordinal);
        return Blog.Replace(right, wrong, StringComparison.Ordinal);
    }
}
