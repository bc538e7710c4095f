using System.IO.Compression;
using System.Text;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store.Tests.Bronze;

public sealed class RecordsTests : IDisposable
{
    private const int PartRows = 5000;
    private readonly TemporaryHome _temporary = new();
    private readonly string _raw;

    public RecordsTests()
    {
        string day = Path.Combine(_temporary.Home.Bronze("drops"), "2026-03-14");
        Directory.CreateDirectory(day);
        _raw = Path.Combine(day, "0123456789ab-a.csv");
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Complete_WhenRowsWereAppended_ThenParquetHoldsThemAsTheyWere()
    {
        Text source = Text.Of([" 1 ,é", "2", "\"\",\xFF"]);
        using (RecordsWriter writer = Open(["Id", "id"]))
        {
            using RecordsWorker worker = writer.OpenWorker();
            worker.Append(source.Batch(0, 3));
            worker.Finish();
            writer.Complete();
        }

        Assert.Equal(["0123456789ab-a.csv.records"], TemporaryHome.Names(Path.GetDirectoryName(_raw)!));
        Assert.Equal(["part-000000.parquet"], TemporaryHome.Names(_raw + ".records"));
        Assert.Equal(
            [
                "Id VARCHAR, id_2 VARCHAR, _source_file VARCHAR, _row BIGINT, _offset BIGINT, _length INTEGER, _ingested_at TIMESTAMP, _batch BIGINT",
                " 1 |é|in/it's.csv|1|0|6|2026-03-14 09:26:53.123|7",
                "2|NULL|in/it's.csv|2|7|1|2026-03-14 09:26:53.123|7",
                "\"\"|\uFFFD|in/it's.csv|3|9|4|2026-03-14 09:26:53.123|7",
            ],
            Rows());
        Assert.Equal("ZSTD", Cell($"SELECT DISTINCT compression FROM parquet_metadata({Parts})"));
    }

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(1, 700)]
    [InlineData(2, 3000)]
    [InlineData(4, 1)]
    public void Parts_WhenThereAreOtherWorkersAndBatches_ThenAreTheSameBytes(int workers, int batchRows)
    {
        const int Rows = 12_345;
        Text source = Text.Of([.. Enumerable.Range(0, Rows).Select(i => $"{i},name {i % 100},{i * 7919L % 10_007}")]);
        Write(source, 1, 2048);
        Dictionary<string, string> expected = Files();
        Directory.Delete(_raw + ".records", recursive: true);

        Write(source, workers, batchRows);

        Assert.Equal(["part-000000.parquet", "part-000001.parquet", "part-000002.parquet"], expected.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected, Files());
        Assert.Equal("12345|1|12345|2469", Cell(
            $"SELECT concat_ws('|', count(*), min(_row), max(_row), (SELECT count(*) FROM read_parquet({Parts}) WHERE _row % 5 = 0)) FROM read_parquet({Parts})"));
    }

    [Fact]
    public void Find_WhenRowsAreKept_ThenTheirBytesCanBeReadAgain()
    {
        Text source = Text.Of([.. Enumerable.Range(1, 12_000).Select(i => $"{i},name {i},x")]);
        Write(source, 2, 1000);
        File.WriteAllBytes(_raw, source.Bytes);

        IReadOnlyList<RecordPlace> places = RecordsReader.Find(_raw, [12_000, 1, 5000, 5001, 7, 7]);

        Assert.Equal([1L, 7, 5000, 5001, 12_000], places.Select(place => place.Row));
        Assert.Equal(new RecordPlace(7, 66, 10), places[1]);
        string[] expected = ["1,name 1,x", "7,name 7,x", "5000,name 5000,x", "5001,name 5001,x", "12000,name 12000,x"];
        Assert.Equal(expected, Read(places));
        using (FileStream file = File.Create(_raw))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(source.Bytes);
        }

        Assert.Equal(expected, Read(places));
    }

    [Fact]
    public void Find_WhenARowOrTheCopyIsMissing_ThenSaysSo()
    {
        Write(Text.Of(["1,a,b", "2,a,b"]), 1, 10);

        Assert.Equal(
            $"{_raw}.records has no row 3; remove the folder, then run with --full-refresh, which writes it anew",
            Assert.Throws<StoreException>(() => RecordsReader.Find(_raw, [2, 3])).Message);
        Assert.Empty(RecordsReader.Find(_raw, []));
        Directory.Delete(_raw + ".records", recursive: true);
        Assert.StartsWith(
            $"the records of {_raw} are not kept any more",
            Assert.Throws<StoreException>(() => RecordsReader.Find(_raw, [2])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_WhenRowsAreKept_ThenGivesTheirFieldsAsTheyWere()
    {
        using (RecordsWriter writer = Open(["Id", "id"]))
        {
            using RecordsWorker worker = writer.OpenWorker();
            worker.Append(Text.Of([" 1 ,é", "2", "3,x"]).Batch(0, 3));
            worker.Finish();
            writer.Complete();
        }

        IReadOnlyDictionary<long, string?[]>? texts = RecordsReader.Texts(_raw, ["Id", "id"], [2, 1, 2]);

        Assert.NotNull(texts);
        Assert.Equal([1L, 2], texts.Keys.Order());
        Assert.Equal([" 1 ", "é"], texts[1].AsEnumerable());
        Assert.Equal(["2", null], texts[2].AsEnumerable());
        Assert.Empty(RecordsReader.Texts(_raw, ["other"], [])!);
    }

    [Theory]
    [InlineData(2, "a", "b")]
    [InlineData(2, "a", "b", "d")]
    [InlineData(2, "b", "a", "c")]
    [InlineData(2, "A", "b", "c")]
    [InlineData(3, "a", "b", "c")]
    public void Texts_WhenTheCopyIsOfOtherFieldsOrLacksARow_ThenLeavesItToTheRawFile(long row, params string[] fields)
    {
        Write(Text.Of(["1,a,b", "2,a,b"]), 1, 10);

        Assert.Equal(["2", "a", "b"], RecordsReader.Texts(_raw, ["a", "b", "c"], [2])![2].AsEnumerable());
        Assert.Null(RecordsReader.Texts(_raw, fields, [row]));
        Directory.Delete(_raw + ".records", recursive: true);
        Assert.Null(RecordsReader.Texts(_raw, ["a", "b", "c"], [2]));
    }

    [Fact]
    public void Read_WhenTheRawFileIsShorter_ThenSaysWhichRowIsCut()
    {
        File.WriteAllText(_raw, "12345");

        StoreException e = Assert.Throws<StoreException>(() => Read([new RecordPlace(1, 0, 5), new RecordPlace(2, 3 + 3, 5)]));

        Assert.Equal($"{_raw} ends before its row 2 does, at byte 11; it is not the file that was loaded", e.Message);
        Assert.Throws<ArgumentException>(() => Read([new RecordPlace(2, 3, 2), new RecordPlace(1, 0, 2)]));
        Assert.Equal(["12", "12"], Read([new RecordPlace(1, 0, 2), new RecordPlace(2, 0, 2)]));
    }

    [Fact]
    public void Dispose_WhenNotCompleted_ThenLeavesNothing()
    {
        using (RecordsWriter writer = Open(["a", "b", "c"]))
        {
            using RecordsWorker worker = writer.OpenWorker();
            worker.Append(Text.Of(["1,2,3"]).Batch(0, 1));
            Assert.NotEmpty(TemporaryHome.Names(Path.GetDirectoryName(_raw)!));
        }

        Assert.Empty(TemporaryHome.Names(Path.GetDirectoryName(_raw)!));
    }

    private string Parts => DuckDbSql.Literal(_raw + ".records/part-*.parquet");

    private RecordsWriter Open(string[] fields) =>
        RecordsWriter.Open(_raw, "in/it's.csv", fields, BronzeStoreTests.Batch(7), PartRows);

    private void Write(Text source, int workers, int batchRows)
    {
        using RecordsWriter writer = Open(["a", "b", "c"]);
        int next = -1;
        Exception?[] failures = new Exception?[workers];
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(i => new Thread(() => failures[i] = Record.Exception(Work)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
        writer.Complete();

        void Work()
        {
            using RecordsWorker worker = writer.OpenWorker();
            for (int first; (first = Interlocked.Increment(ref next) * batchRows) < source.Count;)
            {
                worker.Append(source.Batch(first, Math.Min(batchRows, source.Count - first)));
            }

            worker.Finish();
        }
    }

    private List<string> Read(IReadOnlyList<RecordPlace> places)
    {
        var records = new List<string>();
        RawRecords.Read(_raw, places, (_, record) => records.Add(Encoding.UTF8.GetString(record)));
        return records;
    }

    private Dictionary<string, string> Files() => Directory.GetFiles(_raw + ".records")
        .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path)));

    private string Cell(string sql)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query(sql);
        Assert.True(reader.Read());
        return Encoding.UTF8.GetString(reader[0].Text(0));
    }

    /// <summary>The columns, then each row's cells.</summary>
    private List<string> Rows()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        var rows = new List<string>();
        using (DuckDbReader reader = connection.Query($"SELECT * FROM read_parquet({Parts}) LIMIT 0"))
        {
            rows.Add(string.Join(", ", reader.Columns.Select(column => $"{column.Name} {column.TypeName}")));
        }

        using DuckDbReader cells = connection.Query($"SELECT COLUMNS(*)::VARCHAR FROM read_parquet({Parts}) ORDER BY _row");
        while (cells.Read())
        {
            for (int row = 0; row < cells.Count; row++)
            {
                var texts = new List<string>();
                for (int column = 0; column < cells.Columns.Count; column++)
                {
                    texts.Add(cells[column].IsNull(row) ? "NULL" : Encoding.UTF8.GetString(cells[column].Text(row)));
                }

                rows.Add(string.Join('|', texts));
            }
        }

        return rows;
    }

    /// <summary>Records of comma-separated fields, a line each, as Latin-1 so that a test can hold any byte but é, which is UTF-8.</summary>
    private sealed class Text
    {
        private readonly List<(int Start, int Length)> _records = [];

        public byte[] Bytes { get; private init; } = [];

        public int Count => _records.Count;

        public static Text Of(string[] lines)
        {
            var bytes = new List<byte>();
            var text = new List<(int, int)>();
            foreach (string line in lines)
            {
                byte[] record = [.. line.SelectMany(c => c == 'é' ? Encoding.UTF8.GetBytes("é") : [(byte)c])];
                text.Add((bytes.Count, record.Length));
                bytes.AddRange(record);
                bytes.Add((byte)'\n');
            }

            var made = new Text { Bytes = [.. bytes] };
            made._records.AddRange(text);
            return made;
        }

        public FieldBatch Batch(int first, int count)
        {
            int columns = Encoding.Latin1.GetString(Bytes, _records[0].Start, _records[0].Length).Count(c => c == ',') + 1;
            int start = _records[first].Start;
            var batch = new FieldBatch(columns, count) { Bytes = Bytes[start..], Count = count, FirstRow = first + 1, Offset = start };
            for (int i = 0; i < count; i++)
            {
                (int at, int length) = _records[first + i];
                (batch.RecordStarts[i], batch.RecordLengths[i]) = (at - start, length);
                string[] fields = Encoding.Latin1.GetString(Bytes, at, length).Split(',');
                int from = at - start;
                for (int column = 0; column < columns; column++)
                {
                    bool has = column < fields.Length;
                    (batch.Starts[column][i], batch.Lengths[column][i]) = (has ? from : 0, has ? fields[column].Length : -1);
                    from += has ? fields[column].Length + 1 : 0;
                }
            }

            return batch;
        }
    }
}
