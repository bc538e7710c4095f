using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Assay.App.Tests.Server;

/// <summary>
/// Makes requests up, from the description of the API and a seed: the same seed gives the same request. Some are as they
/// should be; most have something odd about them, as those of careless or malicious clients have.
/// </summary>
/// <param name="operations">What the API can be asked for.</param>
/// <param name="ids">Names of jobs and runs that exist, at first.</param>
internal sealed class RandomRequests(IReadOnlyList<ApiOperation> operations, IReadOnlyList<string> ids)
{
    /// <summary>Pipelines that run on what is in the repository.</summary>
    private static readonly string[] Pipelines = ["sales", "orders"];

    private static readonly string[] Words =
    [
        "", "0", "-1", "1", "true", "null", "undefined", "NaN", "1e9", "0x10", "１２", "9223372036854775808", "-170141183460469231731687303715884105729",
        "sales", "orders", "summary", "monthly_sales", "monthly_sales_summary.csv", "region_wise_performance", "completed", "processing", "upload", "not_between", "quantity",
        "..", "../..", "../../../../etc/passwd", "..\\..\\jobs.db", "/etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd", ".", "~root", "jobs.db", "con",
        "%00", "a\0b", "%2e%2e%2f", "%252e%252e%252f", "..%c0%af..", "\r\nX-Evil: 1", "a\nb", "\ud800", "\u202egnp.exe", "ÄÖÜ€😀", "e\u0301", "\ufeff", "\u0085",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' OR '1'='1", "\"; DROP TABLE jobs; --", "${jndi:ldap://x}", "{{7*7}}", "$(id)", "`id`", "%s%n%x", "*", "[", "(", "\\",
        "2024-01-01..2024-03-31", "9999-12-31..0001-01-01", "2024-02-30", "..", "North", "Electronics", "name=value&other", ";", ",", "#", "?", "+", "a b",
        "00000000-0000-0000-0000-000000000000", "20240101-000000000-aaaaa-0",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "X"];

    private static readonly string[] Traversals =
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/jobs.db", "/job-data/..%2f..%2fjobs.db", "/dashboard/assets/../../../assay.dll", "/dashboard/assets/%2e%2e%2f%2e%2e%2fassay.dll",
        "/docs/../../assay.dll", "/docs/%2e%2e/%2e%2e/appsettings.json", "/docs/..%5c..%5cassay.dll", "/./", "//", "///etc/passwd", "/%", "/%zz", "/%ff%fe", "/;", "/openapi/../jobs",
        "/openapi/v2.json", "/openapi/%2e%2e%2fv1.json", "/docs/index.html", "/docs/swagger-ui.css.map", "/favicon.ico", "/robots.txt", "/.git/config", "/.env", "/jobs/", "/JOBS", "/status", "/status/",
    ];

    /// <summary>Addresses that pages use, which the description leaves out.</summary>
    private static readonly string[] OfPages =
    [
        "/dashboard", "/dashboard/", "/dashboard/jobs", "/dashboard/jobs/{id}", "/dashboard/pipelines/{name}", "/dashboard/runs/{run}", "/dashboard/quality", "/dashboard/quarantine/{run}",
        "/dashboard/assets/{file}", "/dashboard/data/overview", "/dashboard/data/pipelines/{name}", "/dashboard/data/runs/{run}", "/dashboard/data/jobs/{id}/run", "/dashboard/data/quality",
        "/dashboard/data/quarantine", "/dashboard/data/quarantine/{run}",
    ];

    private static readonly string[] Queried = ["pipeline", "job", "run", "limit", "offset", "cursor", "status", "period", "region", "category", "table", "code", "column", "unmask"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/html", "text/csv", "text/csv;q=0.1, application/json;q=oops", "application/json;q=0", ";;;", "text/", "*/*;q=99999999999999999999"]),
        ("Accept-Encoding", ["gzip", "identity;q=0", "br;q=1.0, *;q=0", "\"", ",,,"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=99999999-", "bytes=5-1", "bytes=0-0,2-3,5-6", "bytes=a-b", "rows=1-2", "bytes=-99999999999999999999"]),
        ("If-Range", ["\"x\"", "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense"]),
        ("If-None-Match", ["*", "\"x\"", "W/\"x\"", "x", "\"" ]),
        ("If-Match", ["*", "\"x\"", "x"]),
        ("If-Modified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday"]),
        ("If-Unmodified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"]),
        ("Idempotency-Key", ["a", "", " ", "' OR 1=1 --", "ÄÖÜ", "same", "same"]),
        ("Authorization", ["Bearer", "Bearer ", "Bearer x", "Basic", "Basic !!!", "Basic Og==", "Basic YTpi", "Basic gICAgA==", "Digest x=y", "🔑"]),
        ("X-API-Key", ["", "x", "' OR 1=1 --"]),
        ("Host", ["evil.example", "127.0.0.1:1", "[::1]", "127.0.0.1.evil.example"]),
        ("Origin", ["null", "https://evil.example", "http://localhost"]),
        ("Content-Encoding", ["gzip", "br", "identity"]),
        ("Expect", ["200-ok"]),
        ("X-Forwarded-For", ["1.2.3.4, ::1", "'"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Cookie", ["a=b; c", "=;=;="]),
        ("Last-Event-ID", ["1", "\"\""]),
        ("Access-Control-Request-Method", ["DELETE", ""]),
        ("Upgrade", ["websocket", "h2c"]),
        ("User-Agent", ["() { :;}; id", ""]),
    ];

    private readonly RandomForms _forms = new(Words);

    /// <summary>A request.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="seed">What it is made from.</param>
    public HttpRequestMessage Make(Uri server, int seed)
    {
        var random = new Random(seed);
        ApiOperation operation = random.Next(8) == 0
            ? new ApiOperation("GET", Pick(random, OfPages), [], false)
            : operations[random.Next(operations.Count)];
        string path = random.Next(20) == 0 ? Pick(random, Traversals) : PathOf(random, operation);
        string method = random.Next(12) == 0 ? Pick(random, Methods) : operation.Method == "GET" && random.Next(8) == 0 ? "HEAD" : operation.Method;
        var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(server.GetLeftPart(UriPartial.Authority) + path + Query(random, operation), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (operation.TakesForm || random.Next(10) == 0)
        {
            request.Content = _forms.Make(random, operation.TakesForm);
        }

        for (int i = random.Next(4); i > 1; i--)
        {
            (string name, string[] values) = Headers[random.Next(Headers.Length)];
            string value = Pick(random, values);
            HttpHeaders headers = name.StartsWith("Content-", StringComparison.Ordinal) && request.Content is { } content ? content.Headers : request.Headers;
            if (!headers.NonValidated.Contains(name))
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private string PathOf(Random random, ApiOperation operation)
    {
        var path = new StringBuilder();
        foreach (string part in operation.Path.Split('/').Skip(1))
        {
            path.Append('/').Append(part.StartsWith('{') ? Segment(random, operation, part.Trim('{', '}')) : part);
        }

        return path.ToString();
    }

    private string Segment(Random random, ApiOperation operation, string name)
    {
        int kind = random.Next(10);
        // The first is left in peace, so that there is always a job to be looked at.
        bool isHarmful = operation.Method != "GET";
        if (kind < 6)
        {
            return name is "name" or "pipeline" ? Pick(random, Pipelines)
                : name is "kpi" ? "monthly_sales_summary"
                : name is "filename" or "file" ? Pick(random, ["monthly_sales_summary.csv", "quality.json", "app.js", "index.html"])
                : ids[isHarmful ? random.Next(2, ids.Count) : random.Next(ids.Count)];
        }

        // A path with a null character is refused before it is a request.
        string word = (kind == 6 ? Noise(random) : Pick(random, Words)).Replace("\0", "", StringComparison.Ordinal);
        return random.Next(6) == 0 ? Visible(word).Replace("%00", "%01", StringComparison.Ordinal) : Escape(word);
    }

    private string Query(Random random, ApiOperation operation)
    {
        var pairs = new List<string>();
        foreach (ApiValue value in operation.Values.Where(value => !value.IsInPath && random.Next(2) == 0))
        {
            for (int i = random.Next(8) == 0 ? 2 : 1; i > 0; i--)
            {
                pairs.Add($"{value.Name}={ValueOf(random, operation, value)}");
            }
        }

        if (random.Next(6) == 0)
        {
            pairs.Add($"{Pick(random, Queried)}={Escape(Pick(random, Words))}");
        }

        if (random.Next(30) == 0)
        {
            pairs.Add(Pick(random, ["&&&", "=", "%", "%zz=%00", "a[]=1", new string('x', 2_000)]));
        }

        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private string ValueOf(Random random, ApiOperation operation, ApiValue value)
    {
        bool isRight = random.Next(3) > 0;
        if (isRight && (value.Least is not null || value.Most is not null))
        {
            // A job of the most rows would keep the queue busy for the rest of the test.
            long least = value.Least ?? 0;
            long most = Math.Min(value.Most ?? long.MaxValue, operation.Method == "GET" ? long.MaxValue : least + 400);
            return (random.Next(3) == 0 ? least : random.NextInt64(least, Math.Max(least + 1, most))).ToString(CultureInfo.InvariantCulture);
        }

        if (!isRight && value.Least is { } from && random.Next(2) == 0)
        {
            return ((Int128)(value.Most is { } to && random.Next(2) == 0 ? to : from - 2) + 1).ToString(CultureInfo.InvariantCulture);
        }

        return !isRight ? Escape(random.Next(3) == 0 ? Noise(random) : Pick(random, Words))
            : value.Type == "boolean" ? Pick(random, ["true", "false", "0", "on"])
            : value.Name == "pipeline" ? Pick(random, Pipelines)
            : value.Name is "job" ? ids[random.Next(ids.Count)]
            : Escape(Pick(random, Words));
    }

    /// <summary>Characters of anywhere.</summary>
    private static string Noise(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)(random.Next(3) == 0 ? random.Next(1, 0x10000) : random.Next(0x20, 0x7f))));

    private static string Escape(string text) => Uri.EscapeDataString(text.Any(char.IsSurrogate) ? new string([.. text.Where(c => !char.IsSurrogate(c))]) : text);

    /// <summary>As much of a text as can stand in the first line of a request without being escaped.</summary>
    private static string Visible(string text) => new([.. text.Where(c => c is > ' ' and < (char)0x7f and not '#')]);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
