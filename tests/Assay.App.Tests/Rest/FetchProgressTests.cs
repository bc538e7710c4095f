using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Read.Rest;

namespace Assay.App.Tests.Rest;

public sealed class FetchProgressTests
{
    private static readonly SourceDefinition[] Sources = [.. PipelineLoader.Parse(
        """
        pipeline: town
        layers: [bronze, silver, gold]
        client: { base_url: "https://api.example.com" }
        sources:
          people: { format: rest, path: people, paginator: { type: page_number, total_path: pages } }
          places: { format: rest, path: places, paginator: { type: offset, limit: 10, total_path: total } }
          notes: { format: rest, path: "people/{resources.people.id}/notes" }
          about: { format: rest, path: about, paginator: single_page }
        tables:
          people: { from: people, key: [id], columns: { id: { type: integer, required: true } } }
        kpis:
          all: { from: people, measures: { people: count(*) } }
        """,
        "pipeline.yaml",
        new PipelineSettings()).Sources];

    [Fact]
    public void Pages_WhenNotAllSourcesSaidHowManyTheyHave_ThenTheTotalIsUnknown()
    {
        var progress = new FetchProgress(Sources);
        Assert.Equal((0, null), progress.Pages);
        progress.Add(Sources[0], Page("00001", 6));
        progress.Add(Sources[1], Page("00001", 95));
        Assert.Equal((2, null), progress.Pages);
    }

    [Fact]
    public void Pages_WhenAllSourcesSaidSo_ThenTheyAreAddedUp()
    {
        var progress = new FetchProgress(Sources);
        progress.Add(Sources[0], Page("00001", 6));
        progress.Add(Sources[1], Page("00001", 95));
        progress.Ask(Sources[2], 40);
        Assert.Equal((2, 6 + 10 + 40 + 1), progress.Pages);
    }

    [Fact]
    public void Pages_WhenARecordOfTheParentHasFurtherPages_ThenTheyCountBesideTheFirst()
    {
        var progress = new FetchProgress(Sources[2..3]);
        progress.Ask(Sources[2], 2);
        progress.Add(Sources[2], Page("00001-00001", null));
        progress.Add(Sources[2], Page("00001-00002", null));
        Assert.Equal((2, 3), progress.Pages);
    }

    private static RestPage Page(string part, long? total) => new()
    {
        Address = part,
        Part = part,
        ContentHash = "",
        Bytes = 1,
        Records = 1,
        Total = total,
        Fetched = DateTimeOffset.UnixEpoch,
    };
}
