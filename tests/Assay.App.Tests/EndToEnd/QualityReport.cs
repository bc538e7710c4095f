using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assay.App.Tests.EndToEnd;

/// <summary>A published <c>quality.json</c> without the parts that may differ.</summary>
internal static partial class QualityReport
{
    /// <summary>The report's bytes but for how fast the run was.</summary>
    public static string WithoutThroughput(byte[] report)
    {
        string text = Encoding.UTF8.GetString(report);
        Assert.Single(Throughput().Matches(text));
        return Throughput().Replace(text, "\"throughput\": {}");
    }

    /// <summary>The report also without the examples, which are the first of their kind in the file.</summary>
    public static string WithoutExamples(byte[] report)
    {
        JsonNode root = JsonNode.Parse(WithoutThroughput(report))!;
        foreach (JsonNode? column in root["tables"]!["sales"]!["columns"]!.AsArray())
        {
            foreach (JsonNode? fault in column!["rejected"]!.AsArray())
            {
                Assert.True(fault!.AsObject().Remove("examples"));
            }
        }

        return root.ToJsonString();
    }

    [GeneratedRegex("\"throughput\": \\{[^}]*\\}")]
    private static partial Regex Throughput();
}
