using Assay.App.Pipelines;
using Assay.Read.Rest;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

/// <summary>What docs/pipeline.md shows works.</summary>
public sealed class PipelineDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(PipelineSchemaTests.Root(), "docs", "pipeline.md"));

    [Fact]
    public void Example_WhenLoaded_ThenIsRight()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(Text.Split("```yaml\n")[1].Split("```")[0], "pipeline.md", new PipelineSettings());
        Assert.Equal("data/shop.csv", pipeline.Sources[0].Path);
        Assert.Equal(["revenue_by_region", "odd_sales"], pipeline.Kpis.Select(kpi => kpi.Name));
        Assert.Equal(" (avg: $", pipeline.Kpis[1].Score!.Rules[0].Reason.Parts[2].Literal);
    }

    [Fact]
    public void Rules_WhenListed_ThenAreAllThere() =>
        Assert.All(CleaningRuleCatalog.Default.Names, name => Assert.Matches($@"\n\|[^|]*`(\{{ )?{name}[`:][^|]*\|", Text));

    [Fact]
    public void ApiExamples_WhenLoaded_ThenAreRight()
    {
        string[] blocks = File.ReadAllText(Path.Combine(PipelineSchemaTests.Root(), "docs", "api-sources.md")).Split("```yaml\n");
        PipelineDefinition smallest = PipelineLoader.Parse(blocks[1].Split("```")[0], "api-sources.md", new PipelineSettings());
        Assert.Equal("https://api.example.com/v1/", smallest.Sources[0].Rest!.BaseUrl!.AbsoluteUri);
        PipelineDefinition full = PipelineLoader.Parse(blocks[2].Split("```")[0], "api-sources.md", new PipelineSettings());
        Assert.Equal(new RestParent("people", "id"), full.Sources[1].Rest!.Parent);
        Assert.All(PipelineKeys.Client, key => Assert.Contains($"  {key}:", blocks[2], StringComparison.Ordinal));
        Assert.All(PipelineKeys.Paginators.Keys, kind => Assert.Contains($"| `{kind}` |", blocks[2], StringComparison.Ordinal));
        Assert.All(PipelineKeys.Auths.Keys, kind => Assert.Contains($"`{kind}`", blocks[2], StringComparison.Ordinal));
    }
}
