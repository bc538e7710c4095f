using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

public sealed class VariableTests
{
    [Theory]
    [InlineData("${file}", "shop.csv")]
    [InlineData("data/${file}", "data/shop.csv")]
    [InlineData("${file}-${file}", "shop.csv-shop.csv")]
    [InlineData("${nowhere:-other.csv}", "other.csv")]
    [InlineData("${nowhere:-}x", "x")]
    [InlineData("${blank:-other.csv}", "other.csv")]
    [InlineData("${nowhere:-${file}}", "shop.csv")]
    [InlineData("${nowhere:-a:-b}", "a:-b")]
    [InlineData("${path}", "landing/shop.csv")]
    [InlineData("$${file}", "${file}")]
    [InlineData("a$b$", "a$b$")]
    [InlineData("$$$$", "$$")]
    public void Path_WhenItHoldsVariables_ThenTheyAreFilledIn(string text, string path) =>
        Assert.Equal(path, Load(text).Sources[0].Path);

    [Fact]
    public void Variable_WhenGivenInManyPlaces_ThenTheNearestCounts()
    {
        var settings = new PipelineSettings
        {
            Overrides = new Dictionary<string, string> { ["file"] = "set" },
            Environment = new Dictionary<string, string> { ["ASSAY_FILE"] = "prefixed", ["file"] = "exact" },
            DotEnv = new Dictionary<string, string> { ["ASSAY_FILE"] = "dot-prefixed", ["file"] = "dot-exact" },
        };
        Assert.Equal("set", Load("${file}", settings).Sources[0].Path);
        settings = settings with { Overrides = new Dictionary<string, string>() };
        Assert.Equal("prefixed", Load("${file}", settings).Sources[0].Path);
        settings = settings with { Environment = new Dictionary<string, string> { ["file"] = "exact" } };
        Assert.Equal("exact", Load("${file}", settings).Sources[0].Path);
        settings = settings with { Environment = new Dictionary<string, string>() };
        Assert.Equal("dot-prefixed", Load("${file}", settings).Sources[0].Path);
        settings = settings with { DotEnv = new Dictionary<string, string> { ["file"] = "dot-exact" } };
        Assert.Equal("dot-exact", Load("${file}", settings).Sources[0].Path);
        PipelineDefinition own = Load("${file}", new PipelineSettings());
        Assert.Equal("shop.csv", own.Sources[0].Path);
        Assert.Equal("landing/shop.csv", own.Variables["path"]);
    }

    [Fact]
    public void Variable_WhenSetWithoutBeingDeclared_ThenServesWhereItIsUsed() =>
        Assert.Equal("a.csv", Load("${input}", new PipelineSettings { Overrides = new Dictionary<string, string> { ["input"] = "a.csv" } }).Sources[0].Path);

    [Fact]
    public void Expression_WhenItHoldsAVariable_ThenItIsFilledIn()
    {
        PipelineDefinition pipeline = Load("a.csv", null, "value > ${least:-0}");
        Assert.Equal("value > 0", pipeline.Tables[0].Columns[0].CheckText);
    }

    [Theory]
    [InlineData("${fiel}", "4:31: unknown variable `fiel`, did you mean `file`?")]
    [InlineData("a/${landing_zone}", "4:33: unknown variable `landing_zone`; declare it under `variables`, or write `${landing_zone:-default}`")]
    [InlineData("${nowhere:-${fiel}}", "4:42: unknown variable `fiel`, did you mean `file`?")]
    [InlineData("${file", "4:31: this `${` is never closed; write `$$` for a dollar sign")]
    [InlineData("${}", "4:31: `${}` names no variable; write `$$` for a dollar sign")]
    [InlineData("${a b}", "4:31: `${a b}` names no variable; write `$$` for a dollar sign")]
    public void Text_WhenItsVariablesAreWrong_ThenSaysWhatAndWhere(string path, string error) => AssertErrors(() => Load(path), error);

    [Fact]
    public void Expression_WhenWrongBehindAVariable_ThenItsPlaceIsStillExact() => AssertErrors(
        () => Load("a.csv", null, "value > ${least:-0} and prise > 1"),
        "9:63: there is no column `prise`, did you mean `price`?");

    [Fact]
    public void Expression_WhenWrongInsideOfAVariable_ThenItsPlaceIsTheVariables() => AssertErrors(
        () => Load("a.csv", new PipelineSettings { Overrides = new Dictionary<string, string> { ["least"] = "prise" } }, "value > ${least:-0}"),
        "9:47: there is no column `prise`, did you mean `price`?");

    [Fact]
    public void Variable_WhenMadeOfItself_ThenSaysSo() => AssertErrors(
        () => PipelineLoader.Parse(Yaml("${a}", "value > 0").Replace("blank: \"\"", "blank: \"\", a: \"${b}\", b: \"${a}\"", StringComparison.Ordinal), "shop.yaml", new PipelineSettings()),
        "2:69: variable `a` is made of itself");

    [Theory]
    [InlineData("fiel", "--set: unknown variable `fiel`, did you mean `file`?")]
    [InlineData("rows", "--set: unknown variable `rows`; the pipeline has `file`, `path`, `blank`")]
    public void Override_WhenThePipelineHasNoSuchVariable_ThenSaysSo(string name, string error)
    {
        var exception = Assert.Throws<DefinitionException>(() => Load("a.csv", new PipelineSettings { Overrides = new Dictionary<string, string> { [name] = "x" } }));
        Assert.Equal(error, exception.Message);
    }

    [Fact]
    public void Override_WhenThePipelineHasNoVariables_ThenSaysSo()
    {
        string yaml = string.Join('\n', Yaml("a.csv", "value > 0").Split('\n').Where(line => !line.StartsWith("variables", StringComparison.Ordinal)));
        var exception = Assert.Throws<DefinitionException>(() => PipelineLoader.Parse(yaml, "shop.yaml", new PipelineSettings { Overrides = new Dictionary<string, string> { ["rows"] = "1" } }));
        Assert.Equal("--set: unknown variable `rows`; the pipeline has none", exception.Message);
    }

    [Fact]
    public void Variables_WhenTheyDoubleEachOther_ThenTheTextIsLimited()
    {
        string variables = string.Join(", ", Enumerable.Range(1, 40).Select(i => $"v{i}: \"${{v{i - 1}}}${{v{i - 1}}}\""));
        string yaml = Yaml("${v14}", "value > 0").Replace("blank: \"\"", $"blank: \"\", v0: {new string('x', 1000)}, {variables}", StringComparison.Ordinal);
        var exception = Assert.Throws<DefinitionException>(() => PipelineLoader.Parse(yaml, "shop.yaml", new PipelineSettings()));
        Assert.Contains(exception.Errors, error => error.Message == "the text with its variables is too long");
    }

    private static PipelineDefinition Load(string path, PipelineSettings? settings = null, string check = "value > 0") =>
        PipelineLoader.Parse(Yaml(path, check), "shop.yaml", settings ?? new PipelineSettings());

    private static string Yaml(string path, string check) =>
        $$"""
        pipeline: shop
        variables: { file: shop.csv, path: "landing/${file}", blank: "" }
        sources:
          shop: { format: csv, path: "{{path}}" }
        tables:
          shop:
            from: shop
            columns:
              price: { type: integer, check: "{{check}}" }
        """;

    private static void AssertErrors(Action load, params string[] errors)
    {
        var exception = Assert.Throws<DefinitionException>(load);
        Assert.Equal(errors.Select(error => "shop.yaml:" + error), exception.Errors.Select(error => error.ToString()));
    }
}
