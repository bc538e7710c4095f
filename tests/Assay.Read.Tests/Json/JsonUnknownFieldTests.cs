using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>Fields at the records' top level that are neither asked for nor known.</summary>
public sealed class JsonUnknownFieldTests
{
    private const string Text = """
        {"a":{"x":1,"new":1},"k":1}
        {"a":{"x":2},"n":1}
        {"k":null,"a":{"x":3},"m":1,"n":2}
        {"a":{"x":4},"a":5,"n":3}
        {"a":{"x":5},"m":
        {"a":{"x":6},"\u006e":4}
        """;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 2)]
    [InlineData(1 << 17, 1)]
    public void Records_WhenUnknownFieldsAreRefused_ThenAreFaultsButKeepTheirFields(int blockSize, int workers)
    {
        using var folder = new TemporaryFolder();
        using JsonSource source = Open(folder, UnknownFields.Refuse, blockSize);

        List<CsvRecord> records = JsonReading.Records(source, workers, 2);

        Assert.Equal(
            [FaultCode.None, FaultCode.UnknownField, FaultCode.UnknownField, FaultCode.RepeatedField, FaultCode.BadJson, FaultCode.UnknownField],
            records.Select(record => record.Fault));
        Assert.Equal(["1", "2", "3", "4", null, "6"], records.Select(record => record.Fields[0]));
        Assert.Equal(["k", "m", "n"], source.ExtraColumns);
        Assert.Equal([new ExtraField("m", 0, 3), new ExtraField("n", 0, 2)], source.ExtraFields);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 3)]
    [InlineData(1 << 17, 1)]
    public void Records_WhenUnknownFieldsAreCounted_ThenAreTakenAndEachFieldHasItsNumber(int blockSize, int workers)
    {
        using var folder = new TemporaryFolder();
        using JsonSource source = Open(folder, UnknownFields.Count, blockSize);

        List<CsvRecord> records = JsonReading.Records(source, workers, 2);
        source.Rewind();
        JsonReading.Records(source, workers, 2);

        Assert.DoesNotContain(FaultCode.UnknownField, records.Select(record => record.Fault));
        Assert.Equal([new ExtraField("m", 0, 3, 1), new ExtraField("n", 0, 2, 4)], source.ExtraFields);
    }

    [Fact]
    public void Places_WhenThereAreSeveralFiles_ThenAreThoseOfTheFirst()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.json", "[{\"a\":1}]"), folder.Write("2.json", "[{\"a\":1},{\"a\":2,\"x\":0}]"), folder.Write("3.json", "{\"a\":3,\"x\":1}")];
        using JsonSource source = JsonSource.Open(files, ["a"], new JsonOptions { BlockSize = 1 }, "sales");

        JsonReading.Records(source, 3, 1);

        Assert.Equal([new ExtraField("x", 1, 2)], source.ExtraFields);
    }

    [Fact]
    public void Records_WhenKeyedByValues_ThenAreRefusedPastWhatIsRemembered()
    {
        string text = string.Join('\n', Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"a\":{i},\"f{i}\":1}}")));
        using JsonSource source = JsonSource.Open(
            new MemoryStream(Encoding.UTF8.GetBytes(text + "\n{\"a\":1,\"k\":1}")), "-", ["a"],
            new JsonOptions { Format = JsonFormat.Lines, KnownFields = ["k"], UnknownFields = UnknownFields.Refuse }, "sales");

        List<CsvRecord> records = JsonReading.Records(source, 1, 100);

        Assert.Equal(5000, records.Count(record => record.Fault == FaultCode.UnknownField));
        Assert.Equal(FaultCode.None, records[^1].Fault);
    }

    [Fact]
    public void Options_WhenAKnownFieldIsNoPath_ThenAreRefused() => Assert.Throws<ArgumentException>(() =>
        JsonSource.Open(new MemoryStream(), "-", ["a"], new JsonOptions { KnownFields = ["a..b"] }, "sales"));

    private static JsonSource Open(TemporaryFolder folder, UnknownFields unknown, int blockSize) => JsonSource.Open(
        [folder.Write("1.jsonl", Text)],
        ["a.x"],
        new JsonOptions { Format = JsonFormat.Lines, BlockSize = blockSize, KnownFields = ["k.l"], UnknownFields = unknown },
        "sales");
}
