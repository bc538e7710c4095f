using System.Text;

namespace Assay.Read.Tests;

public sealed class MetFieldsTests
{
    [Theory]
    [InlineData("{\"idd\":1,\"x.y\":2,\"city\":3}", "id", "idd")]
    [InlineData("{\"idd\":1,\"x.y\":2,\"city\":3}", "x.y", "\"x.y\"")]
    [InlineData("{\"a\\\"b.c\":1}", "\"a\"\"b.d\"", "\"a\"\"b.c\"")]
    [InlineData("{\"city\":3}", "order", null)]
    public void Meant_WhenJsonHasANearName_ThenGivesItAsItIsWritten(string record, string field, string? meant)
    {
        using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes(record), null, field);
        MetFields met = Met(source);

        Assert.True(met.Lacks(field));
        Assert.Equal(meant, met.Meant(field));
    }

    [Theory]
    [InlineData("city", "addr.city")]
    [InlineData("Kind", "addr.@kind")]
    [InlineData("addr.cty", "addr.city")]
    [InlineData("total", null)]
    public void Meant_WhenXmlHasItDeeper_ThenGivesThePath(string field, string? meant)
    {
        using XmlSource source = XmlReading.Open("<a><order><addr kind='1'><city>x</city></addr></order></a>"u8.ToArray(), null, field);
        XmlReading.All(source, 1, 5);
        var met = new MetFields();
        met.Add(source);

        Assert.True(met.Lacks(field));
        Assert.Equal(meant, met.Meant(field));
    }

    [Fact]
    public void Lacks_WhenRecordsOfOneFileHaveIt_ThenIsFalse()
    {
        var met = new MetFields();
        foreach (string text in new[] { "[]", "[{\"a\":1,\"b\":null}]", "[{\"a\":1}]" })
        {
            using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes(text), null, "a", "b", "c");
            JsonReading.Records(source, 1, 5);
            met.Add(source);
        }

        Assert.Equal([false, false, true], new[] { "a", "b", "c" }.Select(met.Lacks));
    }

    [Fact]
    public void Lacks_WhenThereAreNoRecords_ThenIsFalse()
    {
        using JsonSource source = JsonReading.Open("[]"u8.ToArray(), null, "a");
        Assert.False(Met(source).Lacks("a"));
    }

    [Fact]
    public void Missing_WhenOfOneFile_ThenNamesItAndWhatTheRecordsHave()
    {
        using JsonSource source = JsonReading.Open("[{\"a\":1,\"bd\":1,\"x.y\":2}]"u8.ToArray(), null, "a", "bb", "z");
        ReadException error = Met(source).Missing("sales", ["bb", "z"]);

        Assert.Equal("test.json: no record has 'bb' (did you mean 'bd'?), 'z'; the records have: a, \"x.y\", bd.", error.Message);
        Assert.Equal((ReadErrorKind.MissingColumn, "bb", true), (error.Kind, error.Column, error.IsConfiguration));
    }

    private static MetFields Met(JsonSource source)
    {
        JsonReading.Records(source, 1, 5);
        var met = new MetFields();
        met.Add(source);
        return met;
    }
}
