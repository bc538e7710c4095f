using System.IO.Compression;
using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class JsonSourceTests
{
    [Fact]
    public void Files_WhenSeveral_ThenEachNumbersItsRows()
    {
        using var folder = new TemporaryFolder();
        string[] files =
        [
            folder.Write("1.json", "[{\"a\":1},{\"a\":2,\"x\":0}]"), folder.Write("2.json", "[]"), folder.Write("3.json", "{\"y\":1,\"a\":3,\"b\":{\"z\":1}}"),
        ];
        using JsonSource source = JsonSource.Open(files, ["a"], new JsonOptions(), "sales");
        List<CsvRecord> records = JsonReading.Records(source, 2, 1);
        Assert.Equal(
            ["""1@1 None [{"a":1}] <1>""", """2@9 None [{"a":2,"x":0}] <2>""", """1@0 None [{"y":1,"a":3,"b":{"z":1}}] <3>"""],
            records.Select(record => record.ToString()));
        Assert.Equal([0, 0, 2], records.Select(record => record.File));
        Assert.Equal(files, source.Files);
        Assert.Equal(["b", "x", "y"], source.ExtraColumns);
        Assert.Equal("sales", source.Name);
        Assert.Equal(23 + 2 + 25, source.TotalBytes);
        Assert.Equal(source.TotalBytes, source.BytesRead);
        Assert.Empty(source.Incomplete);
    }

    [Fact]
    public void Files_WhenOneLacksAColumn_ThenTheRecordsOfAnotherHaveIt()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.json", "[{\"a\":1,\"b\":null}]"), folder.Write("2.json", "[{\"a\":3}]")];
        using JsonSource source = JsonSource.Open(files, ["a", "b", "c"], new JsonOptions(), "sales");
        Assert.Equal(["""1@1 None [{"a":1,"b":null}] <1> - -""", """1@1 None [{"a":3}] <3> - -"""], JsonReading.Records(source, 2, 1).Select(record => record.ToString()));
        Assert.Equal(["a", "b"], source.MetColumns);
        source.Rewind();
        Assert.Null(source.MetColumns);
    }

    [Fact]
    public void Files_WhenOneBreaksOff_ThenTheOthersAreReadAndItIsKnown()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.json", "[{\"a\":1},{\"a\":"), folder.Write("2.json", "[{\"a\":2}]"), folder.Write("3.json", "x")];
        using JsonSource source = JsonSource.Open(files, ["a"], new JsonOptions { BlockSize = 1 }, "sales");
        string[] expected =
        [
            """1@1 None [{"a":1}] <1>""",
            """1@1 None [{"a":2}] <2>""",
            "file 0 breaks off at 1:15, byte 14: the file ends where a value should be",
            "file 2 breaks off at 1:1, byte 0: well-formed JSON is expected, not `x`",
        ];
        Assert.Equal(expected, JsonReading.All(source, 3, 1));
        source.Rewind();
        Assert.Empty(source.Incomplete);
        Assert.Equal(expected, JsonReading.All(source, 2, 1, threads: true));
    }

    [Theory]
    [InlineData(JsonFormat.Lines, false)]
    [InlineData(JsonFormat.Lines, true)]
    [InlineData(JsonFormat.Document, false)]
    [InlineData(JsonFormat.Document, true)]
    public void Rewind_WhenOfFiles_ThenTheSecondPassIsTheSame(JsonFormat format, bool gzip)
    {
        using var folder = new TemporaryFolder();
        string join = format == JsonFormat.Lines ? "\n" : ",\n";
        string text = string.Join(join, Enumerable.Range(0, 1000).Select(i => $"{{\"a\":{i},\"b\":\"x\\n{i}\"}}"));
        byte[] bytes = Encoding.UTF8.GetBytes(format == JsonFormat.Lines ? text : $"[{text}]");
        using JsonSource source = JsonSource.Open(
            [folder.Write("1.json", gzip ? Gzip.Compress(bytes) : bytes)], ["b", "a"], new JsonOptions { Format = format, BlockSize = 50 }, "sales");
        Assert.True(source.CanRewind);
        string[] first = JsonReading.All(source, 2, 3, threads: true);
        long read = source.BytesRead;
        source.Rewind();
        Assert.Equal(0, source.BytesRead);
        string[] second = JsonReading.All(source, 3, 4);
        Assert.Equal(1000, first.Length);
        Assert.EndsWith(" <x\\n999> <999>", first[^1], StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Equal(read, source.BytesRead);
        Assert.Equal(source.TotalBytes, read);
    }

    [Fact]
    public void Rewind_WhenOfAStream_ThenItSaysNo()
    {
        using JsonSource source = JsonReading.Open("[{\"a\":1}]"u8.ToArray(), null, "a");
        Assert.False(source.CanRewind);
        Assert.Null(source.TotalBytes);
        Assert.Single(JsonReading.Records(source, 1, 1));
        Assert.Equal(9, source.BytesRead);
        var error = Assert.Throws<InvalidOperationException>(source.Rewind);
        Assert.Equal("test: a stream or a pipe can be read only once.", error.Message);
    }

    [Fact]
    public void Gzip_WhenCutOff_ThenTheRunEnds()
    {
        byte[] bytes = Gzip.Compress(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"a\":{i}}}\n"))), CompressionLevel.Fastest);
        using JsonSource source = JsonReading.Open(bytes[..^9], JsonReading.Lines, "a");
        var error = Assert.Throws<ReadException>(() => JsonReading.Records(source, 1, 100));
        Assert.Equal(ReadErrorKind.Corrupt, error.Kind);
        Assert.Equal("test.json", error.File);
    }

    [Fact]
    public void File_WhenMissing_ThenTheErrorNamesIt()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.Path("none.json");
        var error = Assert.Throws<ReadException>(
            () => JsonSource.Open([folder.Write("1.json", "[]"), missing], ["a"], new JsonOptions(), "sales"));
        Assert.Equal($"{missing}: there is no such file.", error.Message);
        Assert.Equal(ReadErrorKind.NotFound, error.Kind);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void File_WhenInUtf16_ThenItSaysSo(string encoding)
    {
        Encoding coding = Encoding.GetEncoding(encoding);
        foreach (byte[] mark in new[] { coding.GetPreamble(), [] })
        {
            var error = Assert.Throws<ReadException>(() => JsonReading.Open([.. mark, .. coding.GetBytes("[]")], null, "a"));
            Assert.Equal(ReadErrorKind.UnsupportedEncoding, error.Kind);
            Assert.Equal("test.json is in UTF-16 or UTF-32: JSON is read in UTF-8, so save it as that.", error.Message);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Field_WhenNoRecordHasIt_ThenThatIsKnownInTheEnd(int cursors, bool threads)
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.jsonl", "{\"a\":1,\"bd\":1}\n"), folder.Write("2.jsonl", "\n"), folder.Write("3.jsonl", "{\"a\":null}\nx\n{\"cc\":{\"d\":1}}")];
        using JsonSource source = JsonSource.Open(files, ["a", "bb"], JsonReading.Lines, "sales");
        Assert.Equal(4, JsonReading.Records(source, cursors, 1, threads).Count);
        Assert.Equal(["a"], source.MetColumns);
        Assert.Equal(["bd", "cc"], source.ExtraColumns);
    }

    [Fact]
    public void Field_WhenAllRecordsAreFaults_ThenTheyAreJustThat()
    {
        using JsonSource source = JsonReading.Open("x\n1"u8.ToArray(), JsonReading.Lines, "a");
        Assert.Equal(["1@0 BadJson [x] -", "2@2 BadJson [1] -"], JsonReading.All(source, 1, 7));
        Assert.Null(source.MetColumns);
    }

    [Fact]
    public void Stream_WhenCancelled_ThenAllCursorsStop()
    {
        using var stop = new CancellationTokenSource();
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":1}\n", 100)));
        using JsonSource source = JsonSource.Open(
            new SlowStream(bytes, 8, at => { if (at > 400) { stop.Cancel(); } }), "-", ["a"], JsonReading.Lines with { BlockSize = 16 }, "sales");
        JsonCursor first = source.OpenCursor();
        JsonCursor second = source.OpenCursor();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (first.ReadBlock(stop.Token))
            {
            }
        });
        Assert.Throws<OperationCanceledException>(() => second.ReadBlock(CancellationToken.None));
    }

    [Fact]
    public void Batch_WhenOfOtherColumns_ThenTheCallIsWrong()
    {
        using JsonSource source = JsonReading.Open("[{\"a\":1}]"u8.ToArray(), null, "a");
        JsonCursor cursor = source.OpenCursor();
        Assert.True(cursor.ReadBlock(CancellationToken.None));
        Assert.Throws<ArgumentException>(() => cursor.ReadBatch(new FieldBatch(2)));
    }

    [Fact]
    public void Options_WhenLinesHaveARecordPath_ThenTheCallIsWrong() =>
        Assert.Throws<ArgumentException>(() => JsonReading.Open([], JsonReading.Lines with { Record = "a" }, "a"));
}
