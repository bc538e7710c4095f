using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store.Tests.Parquet;

/// <summary>What is written is read back by DuckDB, which shares no code with the writer but its compression.</summary>
public sealed class ParquetFileWriterTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".parquet");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Write_WhenColumnsAreOfEveryKind_ThenDuckDbReadsTheirTypesAndCells()
    {
        bool[] nulls = [false, true, false];
        Write(
            [
                (new("text", ColumnType.String), Texts(["Ω", null, ""])),
                (new("whole", ColumnType.Integer), new ParquetCells { Numbers = [long.MaxValue, 0, long.MinValue], Nulls = nulls }),
                (new("short", ColumnType.Integer) { IsShort = true }, new ParquetCells { Numbers = [int.MinValue, 5, int.MaxValue] }),
                (new("small", ColumnType.Decimal(4, 1)), new ParquetCells { Numbers = [-9999, 0, 9999], Nulls = nulls }),
                (new("amount", ColumnType.Decimal(14, 2)), new ParquetCells { Numbers = [-1234567, 0, 1], Nulls = nulls }),
                (new("large", ColumnType.Decimal(38, 3)), new ParquetCells { Wide = [-(Int128)ulong.MaxValue * 1000, 0, 7], Nulls = nulls }),
                (new("truth", ColumnType.Boolean), new ParquetCells { Numbers = [1, 0, 0], Nulls = nulls }),
                (new("day", ColumnType.Date), new ParquetCells { Numbers = [-1, 0, 20_000], Nulls = nulls }),
                (new("moment", ColumnType.Timestamp), new ParquetCells { Numbers = [-1, 0, 1_700_000_000_123_456], Nulls = nulls }),
            ],
            3,
            groups: 1);

        Assert.Equal(
            "VARCHAR BIGINT INTEGER DECIMAL(4,1) DECIMAL(14,2) DECIMAL(38,3) BOOLEAN DATE TIMESTAMP",
            Cell($"SELECT string_agg(column_type, ' ') FROM (DESCRIBE FROM {Literal})"));
        Assert.Equal(
            [
                "Ω|9223372036854775807|-2147483648|-999.9|-12345.67|-18446744073709551615.000|true|1969-12-31|1969-12-31 23:59:59.999999",
                "NULL|NULL|5|NULL|NULL|NULL|NULL|NULL|NULL",
                "|-9223372036854775808|2147483647|999.9|0.01|0.007|false|2024-10-04|2023-11-14 22:13:20.123456",
            ],
            Rows());
        Assert.Equal(
            "Ω,/1/-9223372036854775808/9223372036854775807/-12345.67/0.01/2023-11-14 22:13:20.123456",
            Cell(
                $"""
                SELECT concat_ws('/',
                    (SELECT stats_max_value || ',' || stats_min_value || '/' || stats_null_count FROM parquet_metadata({Literal}) WHERE path_in_schema = 'text'),
                    (SELECT stats_min_value || '/' || stats_max_value FROM parquet_metadata({Literal}) WHERE path_in_schema = 'whole'),
                    (SELECT stats_min_value || '/' || stats_max_value FROM parquet_metadata({Literal}) WHERE path_in_schema = 'amount'),
                    (SELECT stats_max_value FROM parquet_metadata({Literal}) WHERE path_in_schema = 'moment'))
                """));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(4096, 4096, 0)]
    [InlineData(4097, 4097, 3)]
    [InlineData(60_000, 7, 2)]
    [InlineData(60_000, 60_000, 0)]
    [InlineData(60_000, 30_000, 5)]
    [InlineData(60_001, 1, 1)]
    public void Write_WhenTextsAreFewOrMany_ThenDuckDbReadsEachOfThem(int count, int distinct, int nullEvery)
    {
        string?[] texts = [.. Enumerable.Range(0, count).Select(i => nullEvery > 0 && i % nullEvery == 0 ? null : TextOf(i, distinct))];
        long[] numbers = [.. Enumerable.Range(0, count).Select(i => NumberOf(i, distinct))];
        Write([(new("t", ColumnType.String), Texts(texts)), (new("n", ColumnType.Integer), new ParquetCells { Numbers = numbers })], count);

        List<string> rows = Rows();

        Assert.Equal(texts.Select((text, i) => $"{text ?? "NULL"}|{numbers[i].ToString(CultureInfo.InvariantCulture)}"), rows);
        Assert.Equal("ZSTD", Cell($"SELECT DISTINCT compression FROM parquet_metadata({Literal})"));
    }

    private string Literal => DuckDbSql.Literal(_path);

    private static string TextOf(int i, int distinct) => string.Create(CultureInfo.InvariantCulture, $"id-{(long)i * 7919 % distinct:x}{new string('é', i % distinct % 3)}");

    /// <summary>Numbers whose differences need from none to all 64 bits.</summary>
    private static long NumberOf(int i, int distinct) => unchecked((long)(0x9E3779B97F4A7C15UL * (ulong)(i % distinct)) >> (i / 100 % 64));

    private static ParquetCells Texts(string?[] texts)
    {
        byte[][] chunks = [.. texts.Select(text => Encoding.UTF8.GetBytes(text ?? ""))];
        return new ParquetCells
        {
            Chunks = [.. chunks],
            Places = [.. chunks.Select((_, i) => ParquetCells.Place(i, 0))],
            Lengths = [.. texts.Select((text, i) => text is null ? -1 : chunks[i].Length)],
        };
    }

    private void Write((ParquetColumn Column, ParquetCells Cells)[] columns, int rows, int groups = 2)
    {
        using var encoder = new ParquetEncoder();
        using var file = new ParquetFileWriter(_path, [.. columns.Select(column => column.Column)], encoder);
        int half = groups == 1 ? rows : (rows + 1) / 2;
        ParquetCells[] cells = [.. columns.Select(column => column.Cells)];
        file.Write(cells, 0..half);
        if (half < rows)
        {
            file.Write(cells, half..rows);
        }

        file.Complete();
    }

    private string Cell(string sql)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query(sql);
        Assert.True(reader.Read());
        return Encoding.UTF8.GetString(reader[0].Text(0));
    }

    private List<string> Rows()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query($"SELECT COLUMNS(*)::VARCHAR FROM read_parquet({Literal})");
        var rows = new List<string>();
        while (reader.Read())
        {
            for (int row = 0; row < reader.Count; row++)
            {
                string[] texts = new string[reader.Columns.Count];
                for (int column = 0; column < texts.Length; column++)
                {
                    DuckDbVector cells = reader[column];
                    texts[column] = cells.IsNull(row) ? "NULL" : Encoding.UTF8.GetString(cells.Text(row));
                }

                rows.Add(string.Join('|', texts));
            }
        }

        return rows;
    }
}
