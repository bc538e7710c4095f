using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

/// <summary>What counts as another rule, and what does not. The fingerprints are kept for years, so they are pinned here.</summary>
public sealed class RefiningRulesTests
{
    private const string Text =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        variables: { rate: "100", note: "" }
        maps:
          regions: { nort: North, sout: South }
        sources:
          sales: { format: jsonl, path: none.jsonl, known_fields: [extra, more] }
        tables:
          sales:
            from: sales
            key: [id]
            newest: at
            columns:
              id: { type: integer, required: true }
              at: { type: timestamp, formats: [yyyy-MM-dd, dd/MM/yyyy] }
              region: { type: string, field: area, clean: [trim, { map: regions }, { null_if: [none, n/a] }], accepted_values: [North, South] }
              vat: { type: "decimal(6,2)", between: [0, 50], invalid: "null", check: value < 40 }
              amount: { type: "decimal(12,2)" }
            derive: { vat_amount: "amount * vat / ${rate}" }
            where: amount > 0
        kpis:
          total:
            from: sales
            measures: { total: sum(amount) }

        """;

    [Theory]
    [InlineData("/ ${rate}", "/ 1000", "`vat_amount` changed")]
    [InlineData("rate: \"100\"", "rate: \"1000\"", "`vat_amount` changed")]
    [InlineData("where: amount > 0", "where: amount > 20", "`where` changed")]
    [InlineData("    where: amount > 0\n", "", "`where` changed")]
    [InlineData("clean: [trim, ", "clean: [", "`region` changed")]
    [InlineData("clean: [trim, { map: regions }", "clean: [{ map: regions }, trim", "`region` changed")]
    [InlineData("nort: North", "norf: North", "`region` changed")]
    [InlineData("[none, n/a]", "[none]", "`region` changed")]
    [InlineData("field: area", "field: region", "`region` changed")]
    [InlineData("accepted_values: [North, South]", "accepted_values: [North]", "`region` changed")]
    [InlineData("[yyyy-MM-dd, dd/MM/yyyy]", "[dd/MM/yyyy, yyyy-MM-dd]", "`at` changed")]
    [InlineData("between: [0, 50]", "between: [0, 60]", "`vat` changed")]
    [InlineData("invalid: \"null\", ", "", "`vat` changed")]
    [InlineData("value < 40", "value < 41", "`vat` changed")]
    [InlineData("\"decimal(12,2)\"", "\"decimal(14,2)\"", "`amount` changed")]
    [InlineData("    newest: at\n", "", "`newest` changed")]
    [InlineData("key: [id]", "key: [id, region]", "`region`, `key` changed")]
    [InlineData("layers:", "time_zone: Asia/Kolkata\nlayers:", "`time_zone` changed")]
    [InlineData("    key: [id]", "    schema_contract: discard_row\n    key: [id]", "`schema_contract` changed")]
    [InlineData("derive: {", "derive: { large: amount > 9,", "`large` is new")]
    [InlineData("vat_amount: ", "tax: ", "`tax` is new, `vat_amount` is gone")]
    [InlineData("      id: {", "      x: { type: string }\n      y: { type: string }\n      id: {", "`x`, `y` are new")]
    public void Rules_WhenWhatDecidesRowsChanges_ThenTellsWhat(string old, string replacement, string expected)
    {
        string yaml = Replace(old, replacement);

        // A key has to be there.
        yaml = yaml.Contains("[id, region]", StringComparison.Ordinal) ? yaml.Replace("field: area", "field: area, required: true", StringComparison.Ordinal) : yaml;
        Assert.Equal(expected, Difference(Text, yaml));
    }

    [Theory]
    [InlineData("pipeline: shop", "pipeline: shop\ntitle: Another title # and a comment")]
    [InlineData("note: \"\"", "note: other")]
    [InlineData("total: sum(amount)", "total: sum(amount), n: count(*)")]
    [InlineData("amount > 0", "(AMOUNT_  >  0)")]
    [InlineData("{ nort: North, sout: South }", "{ SOUT: South, Nort: North }")]
    [InlineData("maps:\n  regions: { nort: North, sout: South }", "maps:\n  areas: { nort: North, sout: South }")]
    [InlineData("[none, n/a]", "[N/A, none]")]
    [InlineData("accepted_values: [North, South]", "accepted_values: [South, North]")]
    [InlineData("between: [0, 50]", "between: [0.0, 50.00]")]
    [InlineData("vat: { type: \"decimal(6,2)\", between: [0, 50], ", "vat: { between: [0, 50], type: \"decimal(6,2)\", ")]
    [InlineData("{ type: \"decimal(12,2)\" }", "{ type: \"decimal(12,2)\", field: amount, pii: other }")]
    [InlineData("    newest: at\n", "    newest: at\n    partition_by: { column: at }\n")]
    [InlineData("known_fields: [extra, more]", "known_fields: [more]")]
    [InlineData("path: none.jsonl", "path: other.jsonl")]
    public void Rules_WhenNothingThatDecidesRowsChanges_ThenAreTheSame(string old, string replacement)
    {
        string yaml = Replace(old, replacement.Replace("AMOUNT_", "amount", StringComparison.Ordinal));
        yaml = replacement.Contains("areas:", StringComparison.Ordinal) ? yaml.Replace("{ map: regions }", "{ map: areas }", StringComparison.Ordinal) : yaml;
        Assert.Null(Difference(Text, yaml));
    }

    [Fact]
    public void Rules_WhenOnlyOneSideKnowsASetting_ThenItIsNotCompared()
    {
        Dictionary<string, string> now = Rules(Text);
        Dictionary<string, string> old = new(now);
        Assert.True(old.Remove("schema_contract"));
        old["of_another_version"] = "1";

        Assert.Null(RefiningRules.Difference(old, now));
    }

    [Fact]
    public void Rules_WhenTakenDown_ThenTheirFingerprintsAreThoseOfEveryVersion()
    {
        Dictionary<string, string> rules = Rules(Text);

        Assert.Equal(
            ["column amount", "column at", "column id", "column region", "column vat", "column vat_amount", "from", "key", "lines", "newest", "record", "schema_contract", "time_zone", "where"],
            rules.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("35bc30fd6ed867a262a50fda197abdb5", rules["column id"]);
        Assert.Equal("6822da4782757277b806e91039575100", rules["key"]);
        Assert.Equal("0654ef4d0583d94f708179033f6a4ea7", rules["from"]);
        Assert.Equal("6c62272e07bb014262b821756295c58d", rules["lines"]);
        Assert.Equal("a68d07d0408b5822836dbc7952b8d62d", rules["time_zone"]);
        Assert.Equal("1e16c705463c64bf6f44c5d00baf36df", Rules(Replace("amount > 0", "v > 20").Replace("amount: {", "v: {", StringComparison.Ordinal)
            .Replace("amount * vat", "v * vat", StringComparison.Ordinal).Replace("sum(amount)", "sum(v)", StringComparison.Ordinal))["where"]);
        Assert.Equal("25eeef10e5abf4a77d44426bc30fd2c7", rules["column region"]);
        Assert.Equal("1cb7a9d07f272b6848b3fc7fc58967d7", rules["column vat"]);
        Assert.Equal("17d64f26638df99e213e72b821a18774", rules["column vat_amount"]);
    }

    private static string Replace(string old, string replacement)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static string? Difference(string old, string now) => RefiningRules.Difference(Rules(old), Rules(now));

    private static Dictionary<string, string> Rules(string yaml) =>
        RefiningRules.Of(PipelineLoader.Parse(yaml, "pipeline.yaml", new PipelineSettings())).ToDictionary(rule => rule.Name, rule => rule.Fingerprint, StringComparer.Ordinal);
}
