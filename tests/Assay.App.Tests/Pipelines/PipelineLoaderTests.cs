using Assay.App.Pipelines;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;

namespace Assay.App.Tests.Pipelines;

public sealed class PipelineLoaderTests : IDisposable
{
    private const string Small = "pipeline: a\nsources: { s: { format: csv, path: s.csv } }\ntables: { t: { from: s, columns: { x: { type: integer } } } }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("assay").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_WhenGivenAName_ThenLooksUpwards()
    {
        Write("pipelines/a/pipeline.yaml", Small);
        Directory.CreateDirectory(Path.Combine(_folder, "deep", "er"));
        PipelineDefinition pipeline = Load("a");
        Assert.Equal("pipelines/a/pipeline.yaml", pipeline.File);
        Assert.Equal(Path.Combine(_folder, "pipelines", "a"), pipeline.Folder);
        Assert.Equal(Small, pipeline.Text);
        Assert.Equal(pipeline.Folder, Load("a", "deep/er").Folder);
        Assert.Equal(Path.Combine(pipeline.Folder, "pipeline.yaml"), Load("a", "deep/er").File);
    }

    [Fact]
    public void Load_WhenACopiedFolderKeepsTheOriginalsName_ThenIsRefused()
    {
        Write("pipelines/copy/pipeline.yaml", Small);

        DefinitionError error = Assert.Single(Assert.Throws<DefinitionException>(() => Load("copy")).Errors);

        Assert.Equal("the folder is `copy`, but the pipeline is named `a`, so it would publish over that one's results", error.Message);
        Assert.Equal("write `pipeline: copy`", error.Hint);
        Assert.Equal(1, error.Line);
    }

    [Theory]
    [InlineData("some/where/pipeline.yaml", "some/where")]
    [InlineData("some/where/pipeline.yaml", "some/where/")]
    [InlineData("some/where/pipeline.yaml", "./some/where/pipeline.yaml")]
    [InlineData("where/pipeline.yaml", "where")]
    [InlineData("a.yaml", "a.yaml")]
    public void Load_WhenGivenAPath_ThenTakesTheFileOrTheFoldersFile(string file, string path)
    {
        Write(file, Small);
        Assert.Equal(file, Load(path).File);
    }

    [Fact]
    public void Load_WhenThereIsNone_ThenListsThoseThatThereAre()
    {
        Write("pipelines/orders/pipeline.yaml", Small);
        Write("pipelines/notes/readme.txt", "");
        Assert.Equal("there is no pipeline `saels`, did you mean `sales`? (there are `content`, `customers`, `orders`, `sales`)", Message("saels"));
        Assert.Equal("there is no pipeline `x`; there are `content`, `customers`, `orders`, `sales`", Message("x"));
        Assert.Equal(["content", "customers", "orders", "sales"], PipelineLoader.List(_folder));
        Assert.Equal("there is no file `./nothing.yaml`", Message("./nothing.yaml"));
        Assert.Equal("the folder `./pipelines` has no `pipeline.yaml`", Message("./pipelines"));
        Assert.Equal("there is no file ``", Message(""));
        Assert.Equal("there is no file `a\0b`", Message("a\0b"));
    }

    [Fact]
    public void Load_WhenTheFileHasErrors_ThenTheyNameItFromTheWorkingDirectory()
    {
        Write("pipelines/bad/pipeline.yaml", Small + "kpi: {}\n");
        Assert.Equal("pipelines/bad/pipeline.yaml:4:1: unknown key `kpi`, did you mean `kpis`?", Message("bad"));
    }

    [Fact]
    public void Load_WhenTheFileIsHuge_ThenDoesNotReadIt()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "huge.yaml")))
        {
            file.SetLength(1L << 40);
        }

        Assert.Equal("huge.yaml: the file is too large for a pipeline; the limit is 1 MiB", Message("huge.yaml"));
    }

    [Fact]
    public void Parse_WhenFormsAreMixed_ThenAllAreUnderstood()
    {
        PipelineDefinition pipeline = PipelineLoader.Parse(
            """
            pipeline: forms
            title: Forms
            description: >
              Every way
              to write things.
            time_zone: Asia/Kolkata
            sources:
              s: { format: csv, path: "in/*.csv", delimiter: tab }
            tables:
              t:
                from: s
                where: price is not null
                columns:
                  price: { type: "decimal( 14, 2 )", field: Unit Price, clean: [{ currency: null }, { default: 0 }], between: [null, "${most:-10.50}"] }
                  day: { type: date, between: [2024-01-01, 2024-12-31] }
                  at: { type: timestamp, formats: [yyyy-MM-ddTHH:mm:ss] }
                  when_sold: { type: timestamp, formats: ["d/M/yyyy HH:mm:ss.FFFFFFZ"] }
                  grade: { type: string, matches: "^[A-F]$", accepted_values: [A, B], clean: [{ map: { a: A } }] }
                  paid: { type: boolean, required: true }
            kpis:
              all:
                from: t
                measures:
                  rows: count(*)
                  grades: count(distinct grade)
                  mean: { value: avg(price) }
                derive: { ratio: grades / rows, part: { value: share(rows), scale: 4 }, place: rank() }
                order_by: ["- rows"]
              mixed:
                from: t
                where: paid
                group_by: [grade, { month: { value: year_month(day) } }]
                measures: { most: max(price) }
              odd:
                from: t
                columns: [price]
                limit: 5
                score:
                  column: points
                  reasons: why
                  rules: [{ when: price > 2 * avg(price), points: 1, reason: "{{{grade}}} '{'a:}b'}' at {price:,.0}, {price / max(price):%}" }]
            checks:
              - { table: t, name: few, rule: rejected_rate <= 0.05 }
              - { table: t, name: some, rule: accepted > 0 and read = accepted + quarantined + deduplicated + filtered, severity: warn }
            """,
            "forms.yaml",
            new PipelineSettings { WorkingDirectory = _folder });
        Assert.Equal("Every way to write things.\n", pipeline.Description);
        Assert.Equal("Asia/Kolkata", pipeline.TimeZone.Id);
        Assert.Equal(_folder, pipeline.Folder);
        Assert.Equal('\t', pipeline.Sources[0].Delimiter);

        TableDefinition table = pipeline.Tables[0];
        Assert.Equal("price is not null", table.Where!.ToString());
        Assert.Equal(("Unit Price", ColumnType.Decimal(14, 2), null, "10.50"), (table.Columns[0].Field, table.Columns[0].Type, table.Columns[0].Minimum, table.Columns[0].Maximum));
        Assert.Equal("0", table.Columns[0].Clean[1].Apply(null).Text);
        Assert.Empty(table.Columns[1].Formats);
        Assert.Equal(["yyyy-MM-ddTHH:mm:ss"], table.Columns[2].Formats);
        Assert.Equal(["d/M/yyyy HH:mm:ss.FFFFFFZ"], table.Columns[3].Formats);
        Assert.Equal(["A", "B"], table.Columns[4].AcceptedValues);

        Assert.Equal("all", pipeline.Kpis[0].Title);
        Assert.Empty(pipeline.Kpis[0].GroupBy);
        Assert.Equal([null, (int?)4, null], pipeline.Kpis[0].Derive.Select(derived => derived.Scale));
        Assert.Equal(new OrderTerm("rows", Descending: true), pipeline.Kpis[0].OrderBy[0]);
        Assert.Equal(["grade", "month"], pipeline.Kpis[1].GroupBy.Select(key => key.Name));
        Assert.Equal([new OrderTerm("points", Descending: true)], pipeline.Kpis[2].OrderBy);
        ScoreDefinition score = pipeline.Kpis[2].Score!;
        Assert.Equal((1, "flagged"), (score.Minimum, score.Total));
        Assert.Equal(
            ["{", "grade", "} '", "'a:}b'", "' at ", "price,.0", ", ", "price / max(price)%"],
            score.Rules[0].Reason.Parts.Select(part => part.Literal + part.Value + (part.Thousands ? "," : "") + (part.Decimals is { } decimals ? "." + decimals : "") + (part.Percent ? "%" : "")));
        Assert.Equal([("few", false), ("some", true)], pipeline.Checks.Select(check => (check.Name, check.IsWarning)));
        Assert.Equal("rejected_rate <= 0.05", pipeline.Checks[0].Expectation);
    }

    [Theory]
    [InlineData("in/a.csv", "in/a.csv")]
    [InlineData("in/*.csv", "in/B.csv,in/a.csv,in/b.csv")]
    [InlineData("in/?.csv", "in/B.csv,in/a.csv,in/b.csv")]
    [InlineData("*/a.csv", "in/a.csv,more/a.csv")]
    [InlineData("in/*.xml", "")]
    [InlineData("nowhere/*.csv", "")]
    [InlineData("missing.csv", "missing.csv")]
    [InlineData("-", "")]
    [InlineData("", "")]
    public void FindFiles_WhenAsked_ThenGivesThemInOrdinalOrder(string path, string files)
    {
        foreach (string file in new[] { "in/b.csv", "in/a.csv", "in/B.csv", "in/a.txt", "in/c.csv/x.csv", "more/a.csv" })
        {
            Write(file, "");
        }

        var source = new SourceDefinition { Name = "s", Format = "csv", Path = path };
        Assert.Equal(files.Split(',', StringSplitOptions.RemoveEmptyEntries), source.FindFiles(_folder));
        if (path.Contains('*', StringComparison.Ordinal))
        {
            Assert.Equal(
                files.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(file => Path.Combine(_folder, file)),
                (source with { Path = Path.Combine(_folder, path) }).FindFiles("/"));
        }
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private PipelineDefinition Load(string path, string folder = "") =>
        PipelineLoader.Load(path, new PipelineSettings { WorkingDirectory = Path.Combine(_folder, folder) });

    private string Message(string path) => Assert.Throws<DefinitionException>(() => Load(path)).Message;
}
