using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Read.Tests;

public sealed class ParquetSourceTests
{
    [Theory]
    [InlineData("12", "12", "12")]
    [InlineData("-5::TINYINT", "-5", "-5")]
    [InlineData("18446744073709551615::UBIGINT", "18446744073709551615", "18446744073709551615")]
    [InlineData("12.50::DECIMAL(10,2)", "12.50", "12.50")]
    [InlineData("-0.000000000000000000001::DECIMAL(38,21)", "-0.000000000000000000001", "-0.000000000000000000001")]
    [InlineData("0.1::DOUBLE", "0.1", "0.1")]
    [InlineData("0.1::FLOAT", "0.1", "0.1")]
    [InlineData("5.0::DOUBLE", "5", "5")]
    [InlineData("123456789012345680::DOUBLE", "123456789012345680", "123456789012345680")]
    [InlineData("1.5e300::DOUBLE", "1.5e+300", "1.5e+300")]
    [InlineData("'nan'::DOUBLE", "nan", "\"nan\"")]
    [InlineData("'-inf'::DOUBLE", "-inf", "\"-inf\"")]
    [InlineData("true", "true", "true")]
    [InlineData("'a \"b\" \\ é' || chr(10) || chr(1)", "a \"b\" \\ é\n\u0001", "\"a \\\"b\\\" \\\\ é\\u000a\\u0001\"")]
    [InlineData("''", "", "\"\"")]
    [InlineData("DATE '2025-01-02'", "2025-01-02", "\"2025-01-02\"")]
    [InlineData("TIMESTAMP '2025-01-02 03:04:05'", "2025-01-02T03:04:05", "\"2025-01-02T03:04:05\"")]
    [InlineData("TIMESTAMP '2025-01-02 03:04:05.12'", "2025-01-02T03:04:05.12", "\"2025-01-02T03:04:05.12\"")]
    [InlineData("TIMESTAMP_NS '2025-01-02 03:04:05.123456789'", "2025-01-02T03:04:05.123456789", "\"2025-01-02T03:04:05.123456789\"")]
    [InlineData("TIMESTAMPTZ '2025-01-02 03:04:05+05:30'", "2025-01-01T21:34:05Z", "\"2025-01-01T21:34:05Z\"")]
    [InlineData("TIME '01:02:03'", "01:02:03", "\"01:02:03\"")]
    [InlineData("'a'::ENUM('a', 'b')", "a", "\"a\"")]
    [InlineData("'ab'::BLOB", "ab", "\"ab\"")]
    [InlineData("{'b': [1, 2]}", "{\"b\":[1,2]}", "{\"b\":[1,2]}")]
    [InlineData("MAP {'k': 1}", "{\"k\":1}", "{\"k\":1}")]
    [InlineData("NULL::VARCHAR", null, "null")]
    public void Value_WhenRead_ThenItIsItsText(string value, string? text, string json)
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(folder, "1.parquet", $"SELECT {value} AS a");
        using ParquetSource source = ParquetSource.Open([path], ["a"], new ParquetOptions(), "sales");
        CsvRecord record = Assert.Single(JsonReading.Records(source, 1, 1));
        Assert.Equal(text, Utf8(record.Fields[0]));
        Assert.Equal($"{{\"a\":{json}}}", Utf8(record.Raw));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(Utf8(record.Raw)!).RootElement.ValueKind);
    }

    [Fact]
    public void Columns_WhenTheyMayBeMissing_ThenHaveNoValueAndAreTold()
    {
        using var folder = new TemporaryFolder();
        string[] files = [ParquetWriting.Write(folder, "1.parquet", "SELECT 1 AS a, {'c': 2} AS b"), ParquetWriting.Write(folder, "2.parquet", "SELECT 3 AS a, {'d': 4} AS b")];
        using ParquetSource source = ParquetSource.Open(files, ["b.c", "a"], new ParquetOptions { OptionalColumns = ["b.c"] }, "sales");
        Assert.Equal(["2 1", "- 3"], JsonReading.Records(source, 1, 1).Select(record => string.Join(' ', record.Fields.Select(field => field ?? "-"))));
        Assert.Equal(["b.c"], source.Lacking);
        ReadException error = Assert.Throws<ReadException>(() => ParquetSource.Open(files, ["b.c", "a", "x"], new ParquetOptions { OptionalColumns = ["b.c"] }, "sales"));
        Assert.Equal("x", error.Column);
    }

    [Fact]
    public void Path_WhenNested_ThenItIsFollowed()
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(
            folder,
            "1.parquet",
            "SELECT {'city': 'Pune', 'g,(e o': {'Lat': 1.50::DECIMAL(4,2)}} AS address, ['x', NULL] AS tags, [{'y': 2}] AS \"a.b\", 1 AS \"c\"\"d\" "
            + "UNION ALL SELECT NULL, [], NULL, NULL");
        using ParquetSource source = ParquetSource.Open(
            [path], ["tags.0", "address.city", "address.\"g,(e o\".Lat", "\"a.b\".0.y", "tags.1", "address"], new ParquetOptions(), "sales");
        Assert.Equal(
            [
                """1@ None [{"address":{"city":"Pune","g,(e o":{"Lat":1.5}},"tags":["x",null],"a.b":[{"y":2}],"c\\"d":1}] <x> <Pune> <1.50> <2> - <{"city":"Pune","g,(e o":{"Lat":1.5}}>""",
                """2@ None [{"address":null,"tags":[],"a.b":null,"c\\"d":null}] - - - - - -""",
            ],
            Text(JsonReading.Records(source, 1, 10)));
        Assert.Equal(["c\"d"], source.ExtraColumns);
    }

    [Theory]
    [InlineData("address.City", "'address.City'")]
    [InlineData("Id", "'Id' (did you mean 'id'?)")]
    [InlineData("id.x", "'id.x'")]
    [InlineData("tags.x", "'tags.x'")]
    public void Column_WhenMissing_ThenTheErrorNamesIt(string column, string told)
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(folder, "1.parquet", "SELECT 1 AS id, {'city': 'Pune'} AS address, ['x'] AS tags");
        var error = Assert.Throws<ReadException>(() => ParquetSource.Open([path], ["id", column], new ParquetOptions(), "sales"));
        Assert.Equal($"{path}: missing column {told}; the file has: id, address, tags.", error.Message);
        Assert.Equal(ReadErrorKind.MissingColumn, error.Kind);
        Assert.Equal(column, error.Column);
    }

    [Fact]
    public void Files_WhenSeveral_ThenEachNumbersItsRowsInItsOrder()
    {
        using var folder = new TemporaryFolder();
        string[] files =
        [
            ParquetWriting.Write(folder, "1[a]*.parquet", "SELECT i AS id, 'n' || i AS name FROM range(200000) r(i)", ", ROW_GROUP_SIZE 2048"),
            ParquetWriting.Write(folder, "2.parquet", "SELECT 'x' AS name, 1 AS more, 1 AS id WHERE false"),
            ParquetWriting.Write(folder, "3.parquet", "SELECT 'last' AS name, 2.5 AS id"),
        ];
        using ParquetSource source = ParquetSource.Open(files, ["name", "id"], new ParquetOptions { Threads = 4 }, "sales");
        foreach (bool threads in new[] { false, true })
        {
            List<CsvRecord> records = JsonReading.Records(source, 3, 700, threads);
            Assert.Equal(200_001, records.Count);
            for (int i = 0; i < 200_000; i++)
            {
                string id = i.ToString(CultureInfo.InvariantCulture);
                Assert.Equal((0, i + 1, id, "n" + id), (records[i].File, records[i].Row, records[i].Fields[1], records[i].Fields[0]));
            }

            Assert.Equal((2, 1, "{\"name\":\"last\",\"id\":2.5}"), (records[^1].File, records[^1].Row, records[^1].Raw));
            Assert.Equal(files, source.Files);
            Assert.Equal(["more"], source.ExtraColumns);
            Assert.Equal(files.Sum(file => new FileInfo(file).Length), source.TotalBytes);
            Assert.Equal(source.TotalBytes, source.BytesRead);
            source.Rewind();
            Assert.Equal(0, source.BytesRead);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void Row_WhenTooLong_ThenItIsAFault(int blockSize)
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(
            folder, "1.parquet", "SELECT i AS id, repeat('x', i * 5) AS a, repeat('\"', i * 3) AS b FROM range(6) r(i)");
        var options = new ParquetOptions { BlockSize = blockSize, FieldLimit = 15, RecordLimit = 60 };
        using ParquetSource source = ParquetSource.Open([path], ["id", "a"], options, "sales");
        Assert.Equal(
            [
                """1@ None [{"id":0,"a":"","b":""}] <0> <>""",
                """2@ None [{"id":1,"a":"xxxxx","b":"\\"\\"\\""}] <1> <xxxxx>""",
                """3@ None [{"id":2,"a":"xxxxxxxxxx","b":"\\"\\"\\"\\"\\"\\""}] <2> <xxxxxxxxxx>""",
                """4@ None [{"id":3,"a":"xxxxxxxxxxxxxxx","b":"\\"\\"\\"\\"\\"\\"\\"\\"\\""}] <3> <xxxxxxxxxxxxxxx>""",
                """5@ FieldTooLong [{"id":4,"a":"xxxxxxxxxxxxxxxxxxxx","b":"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"] - -""",
                """6@ FieldTooLong [{"id":5,"a":"xxxxxxxxxxxxxxxxxxxxxxxxx","b":"\\"\\"\\"\\"\\"\\"\\"\\] - -""",
            ],
            Text(JsonReading.Records(source, 2, 2)));
        using ParquetSource narrow = ParquetSource.Open([path], ["id"], options with { RecordLimit = 35 }, "sales");
        Assert.Equal(
            ["None <0>", "None <1>", "RecordTooLong -", "RecordTooLong -", "RecordTooLong -", "RecordTooLong -"],
            JsonReading.Records(narrow, 1, 10).Select(record => $"{record.Fault} {(record.Fields[0] is { } field ? $"<{field}>" : "-")}"));
    }

    [Fact]
    public void File_WhenNoParquet_ThenTheErrorSaysSo()
    {
        using var folder = new TemporaryFolder();
        foreach (string text in new[] { "id,name\n1,2\n", "" })
        {
            string path = folder.Write("1.csv", text);
            var error = Assert.Throws<ReadException>(() => ParquetSource.Open([path], ["id"], new ParquetOptions(), "sales"));
            Assert.Equal(ReadErrorKind.Corrupt, error.Kind);
            Assert.StartsWith($"{path} cannot be read as Parquet: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void File_WhenItsDataIsDamaged_ThenAllCursorsStop()
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(
            folder, "1.parquet", "SELECT i AS id, md5(i::VARCHAR) AS name FROM range(50000) r(i)", ", ROW_GROUP_SIZE 10000, COMPRESSION zstd");
        byte[] bytes = File.ReadAllBytes(path);

        // From the first page's header on, after the file's first four bytes.
        bytes.AsSpan(4, 2000).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
        using ParquetSource source = ParquetSource.Open([path], ["name"], new ParquetOptions(), "sales");
        var error = Assert.Throws<ReadException>(() => JsonReading.Records(source, 2, 2048));
        Assert.Equal(ReadErrorKind.Corrupt, error.Kind);
        Assert.Equal(path, error.File);
        Assert.StartsWith($"{path} cannot be read as Parquet: ", error.Message, StringComparison.Ordinal);
        Assert.Same(error, Assert.Throws<ReadException>(() => source.OpenCursor().ReadBlock(CancellationToken.None)));
    }

    [Fact]
    public void File_WhenMissing_ThenTheErrorNamesIt()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.Path("none.parquet");
        var error = Assert.Throws<ReadException>(
            () => ParquetSource.Open([missing], ["id"], new ParquetOptions(), "sales", ["the orders"]));
        Assert.Equal("the orders: there is no such file.", error.Message);
        Assert.Equal(ReadErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public void Columns_WhenNone_ThenRowsAreStillCounted()
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(folder, "1.parquet", "SELECT 1 AS id UNION ALL SELECT 2");
        using ParquetSource source = ParquetSource.Open([path], [], new ParquetOptions(), "sales");
        Assert.Equal(["{\"id\":1}", "{\"id\":2}"], JsonReading.Records(source, 1, 1).Select(record => record.Raw));
    }

    [Fact]
    public void Stream_WhenCancelled_ThenReadingStops()
    {
        using var folder = new TemporaryFolder();
        string path = ParquetWriting.Write(folder, "1.parquet", "SELECT 1 AS id");
        using ParquetSource source = ParquetSource.Open([path], ["id"], new ParquetOptions(), "sales");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => source.OpenCursor().ReadBlock(stop.Token));
    }

    private static string? Utf8(string? latin1) => latin1 is null ? null : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));

    /// <summary>The records without their places, which Parquet has none of.</summary>
    private static IEnumerable<string> Text(List<CsvRecord> records) => records.Select(record =>
        record.ToString().Replace($"@{record.Offset} ", "@ ", StringComparison.Ordinal));
}
