using System.Text.Json;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Server;

/// <summary>
/// A client of the earlier API works unchanged: the same requests get the same status codes, with at least the keys that were
/// recorded of it (recorded-shapes.json), save for what is listed here as repaired.
/// </summary>
public sealed class RecordingTests
{
    /// <summary>What answers otherwise now, and why.</summary>
    private static readonly Dictionary<string, int> Repaired = new(StringComparer.Ordinal)
    {
        ["upload_txt"] = 400, // It was 500.
        ["upload_path_traversal_name"] = 200, // The name is a label only, so there is nothing to fail at.
        ["upload_empty"] = 400, // A file without a header came to nothing, and was told to be completed.
        ["status_empty"] = 404,
        ["upload_no_known_columns"] = 400, // As did one of other columns.
        ["status_no_known_columns"] = 404,
        ["download_no_type"] = 200, // All files, as a zip.
        ["health_head"] = 200, // HEAD is answered.
        ["after_wipe_download_of_other_job"] = 200, // A job's files are its own.
    };

    /// <summary>Keys that are told no more: of values that were made up.</summary>
    private static readonly HashSet<string> Gone = ["detail.0.ctx"];

    [Fact]
    public async Task Requests_WhenMadeAsRecorded_ThenStatusesAndKeysAreThoseOfTheRecording()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (JsonElement call in Shapes().EnumerateArray())
        {
            string name = call.GetProperty("name").GetString()!;
            string[] request = call.GetProperty("request").GetString()!.Split(' ');
            string path = ids.Aggregate(request[1], (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
            if (path.Contains('{', StringComparison.Ordinal))
            {
                path = path.Replace(path[path.IndexOf('{', StringComparison.Ordinal)..(path.IndexOf('}', StringComparison.Ordinal) + 1)], "none", StringComparison.Ordinal);
            }

            if (name.StartsWith("status_", StringComparison.Ordinal) && name != "status_after_delete" && ids.ContainsValue(path.Split('/')[^1]))
            {
                await server.EndOfAsync(path.Split('/')[^1]);
            }

            using var message = new HttpRequestMessage(new HttpMethod(request[0]), path) { Content = Body(name) };
            using HttpResponseMessage answer = await server.Client.SendAsync(message);
            string text = await answer.Content.ReadAsStringAsync();
            int expected = Repaired.GetValueOrDefault(name, call.GetProperty("status").GetInt32());
            if ((int)answer.StatusCode != expected)
            {
                wrong.Add($"{name}: {(int)answer.StatusCode} rather than {expected}: {text}");
                continue;
            }

            bool isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            using JsonDocument body = JsonDocument.Parse(isJson && text.Length > 0 ? text : "{}");
            if (Repaired.ContainsKey(name))
            {
                Assert.True(expected < 400 || body.RootElement.TryGetProperty("detail", out _), name);
            }
            else if (isJson)
            {
                wrong.AddRange(call.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!)
                    .Where(key => !Gone.Contains(key) && !Has(body.RootElement, key)).Select(key => $"{name}: no `{key}` in {text}"));
            }

            if (IdOf(name) is { } id && body.RootElement.TryGetProperty("job_id", out JsonElement given))
            {
                ids[id] = given.GetString()!;
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Shapes_WhenTheRecordingIsThere_ThenAreThoseOfIt()
    {
        string file = Path.Combine(Repository.Root, "..", "shared", "data", "api", "api_recording.json");
        if (!File.Exists(file))
        {
            return;
        }

        using JsonDocument recording = JsonDocument.Parse(File.ReadAllBytes(file));
        IEnumerable<(string, int)> recorded = recording.RootElement.EnumerateArray().Select(call => (call.GetProperty("name").GetString()!, call.GetProperty("status").GetInt32()));

        Assert.Equal(recorded, Shapes().EnumerateArray().Select(call => (call.GetProperty("name").GetString()!, call.GetProperty("status").GetInt32())));
    }

    private static JsonElement Shapes() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests/Assay.App.Tests/Server/recorded-shapes.json"))).RootElement;

    private static MultipartFormDataContent? Body(string name) => name switch
    {
        "upload_ok" => ServerUnderTest.Form("my data.csv", ServerUnderTest.Csv),
        "upload_form_chunk_size_ignored" => ServerUnderTest.Form("f.csv", ServerUnderTest.Csv, ("chunk_size", "5")),
        "upload_query_chunk_size" or "upload_query_chunk_size_422" => ServerUnderTest.Form("f.csv", ServerUnderTest.Csv),
        "upload_txt" => ServerUnderTest.Form("f.txt", ServerUnderTest.Csv),
        "upload_upper_CSV" => ServerUnderTest.Form("T.CSV", ServerUnderTest.Csv),
        "upload_missing_file" => new MultipartFormDataContent { { new StringContent("1000"), "chunk_size" } },
        "upload_empty" => ServerUnderTest.Form("empty.csv", ""),
        "upload_header_only" => ServerUnderTest.Form("h.csv", ServerUnderTest.Header),
        "upload_no_known_columns" => ServerUnderTest.Form("n.csv", "a,b\n1,2\n"),
        "upload_binary" => ServerUnderTest.Form("b.csv", UploadTests.TruncatedGzip()),
        "upload_mixed_columns" => ServerUnderTest.Form("m.csv", ServerUnderTest.Csv + "ORD-4,Office Chair,Home Appliance,1,200,0,West,2024-02-01,,more,and more\n"),
        "upload_path_traversal_name" => ServerUnderTest.Form("../../escape.csv", ServerUnderTest.Csv),
        _ => null,
    };

    private static string? IdOf(string name) => name switch
    {
        "run_pipeline" => "main",
        "large" => "large",
        "upload_ok" => "upload",
        "upload_form_chunk_size_ignored" => "form",
        "upload_query_chunk_size" => "chunked",
        "upload_header_only" => "header",
        "upload_binary" => "failed",
        "upload_mixed_columns" => "mixed",
        _ => null,
    };

    private static bool Has(JsonElement element, string path)
    {
        foreach (string part in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                element = element.GetArrayLength() > 0 ? element[0] : default;
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return false;
            }
        }

        return true;
    }
}
