using System.Text.Json;
using Assay.App.Pipelines;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

/// <summary>The JSON Schema that editors use and the loader know the same keys and words.</summary>
public sealed class PipelineSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root(), "docs", "pipeline.schema.json"))).RootElement;

    public static TheoryData<string, IReadOnlyList<string>> Parts => new()
    {
        { "", PipelineKeys.Pipeline },
        { "source", PipelineKeys.Source },
        { "restSource", PipelineKeys.RestSource },
        { "client", PipelineKeys.Client },
        { "auth", PipelineKeys.Auth },
        { "paginator", PipelineKeys.Paginator },
        { "incremental", PipelineKeys.Incremental },
        { "sample", PipelineKeys.Sample },
        { "table", PipelineKeys.Table },
        { "retention", PipelineKeys.Retention },
        { "lines", PipelineKeys.Lines },
        { "partition", PipelineKeys.Partition },
        { "column", PipelineKeys.Column },
        { "kpi", PipelineKeys.Kpi },
        { "measure", PipelineKeys.Measure },
        { "segments", PipelineKeys.Segments },
        { "score", PipelineKeys.Score },
        { "scoreRule", PipelineKeys.ScoreRule },
        { "check", PipelineKeys.Check },
        { "freshness", PipelineKeys.Freshness },
        { "outputRows", PipelineKeys.OutputRows },
        { "outputMap", PipelineKeys.OutputMap },
        { "outputFigure", PipelineKeys.OutputFigure },
        { "outputRun", PipelineKeys.OutputRunValue },
        { "dashboard", PipelineKeys.Dashboard },
        { "panel", PipelineKeys.Panel },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Properties_WhenCompared_ThenAreTheLoadersKeys(string part, IReadOnlyList<string> keys)
    {
        JsonElement schema = part.Length == 0 ? Schema : Definition(part);
        Assert.Equal(keys.Order(StringComparer.Ordinal), Names(schema));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Rules_WhenCompared_ThenAreTheCatalogs()
    {
        JsonElement forms = Definition("rule").GetProperty("anyOf");
        Assert.Equal(CleaningRuleCatalog.Default.Names.Order(StringComparer.Ordinal), Names(forms[1]));
        var maps = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        IEnumerable<string> bare = CleaningRuleCatalog.Default.Names.Where(name => CleaningRuleCatalog.Default.Create(name, RuleArgument.None, maps, out _) is not null);
        Assert.Equal(bare.Order(StringComparer.Ordinal), Words(forms[0]));
    }

    [Fact]
    public void Words_WhenCompared_ThenAreTheLoaders()
    {
        Assert.Equal(PipelineKeys.Formats.Order(StringComparer.Ordinal), Words(Property("source", "format")));
        Assert.Equal(PipelineKeys.Encodings.Order(StringComparer.Ordinal), Words(Property("source", "encoding")));
        Assert.Equal(PipelineKeys.Auths.Keys.Order(StringComparer.Ordinal), Words(Property("auth", "type")));
        Assert.Equal(PipelineKeys.Locations.Order(StringComparer.Ordinal), Words(Property("auth", "location")));
        Assert.Equal(PipelineKeys.Paginators.Keys.Order(StringComparer.Ordinal), Words(Property("paginator", "type")));
        Assert.Equal(
            PipelineKeys.Paginators.Where(kind => kind.Value.All(key => key.EndsWith('?'))).Select(kind => kind.Key).Order(StringComparer.Ordinal),
            Words(Definition("paginator").GetProperty("then")));
        Assert.Equal(PipelineKeys.Grains.Order(StringComparer.Ordinal), Words(Property("partition", "grain")));
        Assert.Equal(PipelineKeys.Charts.Order(StringComparer.Ordinal), Words(Definition("chart")));
        Assert.Equal(PipelineKeys.Fills, Words(Property("kpi", "fill")).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(PipelineKeys.Pii.Order(StringComparer.Ordinal), Words(Property("column", "pii")));
        Assert.Equal(PipelineKeys.Invalids, Property("column", "invalid").GetProperty("enum").EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!));
        Assert.Equal(PipelineKeys.CheckKinds, Definition("check").GetProperty("oneOf").EnumerateArray().Select(kind => kind.GetProperty("required")[0].GetString()!));
        Assert.Equal(PipelineKeys.RunValues, Property("outputRun", "run").GetProperty("enum").EnumerateArray().Select(word => word.GetString()!));
        Assert.Equal(PipelineKeys.Severities.Order(StringComparer.Ordinal), Words(Property("check", "severity")));
        Assert.Equal(PipelineKeys.Types.Where(type => type != "decimal").Order(StringComparer.Ordinal), Words(Property("column", "type").GetProperty("anyOf")[0]));
    }

    [Fact]
    public void Properties_WhenRead_ThenTeachByTheirDescriptions()
    {
        foreach (JsonProperty property in Schema.GetProperty("properties").EnumerateObject().Concat(Parts.Skip(1).SelectMany(part => Definition((string)part[0]).GetProperty("properties").EnumerateObject())))
        {
            JsonElement meant = property.Value.TryGetProperty("$ref", out JsonElement reference) ? Definition(reference.GetString()!["#/$defs/".Length..]) : property.Value;
            Assert.True(property.Value.TryGetProperty("description", out _) || meant.TryGetProperty("description", out _), property.Name);
        }
    }

    private static JsonElement Definition(string name) => Schema.GetProperty("$defs").GetProperty(name);

    private static JsonElement Property(string part, string name) => Definition(part).GetProperty("properties").GetProperty(name);

    private static IEnumerable<string> Names(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Words(JsonElement schema) =>
        schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!).Order(StringComparer.Ordinal);

    internal static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assay.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
