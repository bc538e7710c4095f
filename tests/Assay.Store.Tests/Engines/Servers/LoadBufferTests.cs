using System.Text;
using Assay.Data;

namespace Assay.Store.Tests.Engines;

public sealed class LoadBufferTests
{
    private static readonly Schema Types = new([
        new Column("t", ColumnType.String), new Column("i", ColumnType.Integer), new Column("d", ColumnType.Decimal(12, 2)),
        new Column("w", ColumnType.Decimal(38, 30)), new Column("b", ColumnType.Boolean), new Column("day", ColumnType.Date), new Column("at", ColumnType.Timestamp),
    ]);

    [Fact]
    public void Append_WhenRowsHaveEveryType_ThenAreLinesOfFields()
    {
        var buffer = new LoadBuffer(Types, new int[7], 4096);

        Assert.Equal(4, buffer.Append(EngineRows.Batch(
            Types,
            ["ä", (Int128)(-2), (Int128)1_234_567, Int128.MaxValue, true, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 1, 2, 3)],
            ["", (Int128)0, (Int128)(-5), Int128.MinValue, false, new DateOnly(1, 1, 1), new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(9_999_990)],
            [null, null, null, null, null, null, null],
            ["\\N", (Int128)long.MinValue, (Int128)0, (Int128)0, true, new DateOnly(9999, 12, 31), new DateTime(1, 1, 1)]), 0));

        Assert.Equal(
            """
            ä	-2	12345.67	170141183.460469231731687303715884105727	1	2024-02-29	2024-02-29 01:02:03
            	0	-0.05	-170141183.460469231731687303715884105728	0	0001-01-01	1969-12-31 23:59:59.999999
            \N	\N	\N	\N	\N	\N	\N
            \\N	-9223372036854775808	0.00	0.000000000000000000000000000000	1	9999-12-31	0001-01-01 00:00:00

            """,
            Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData("a\tb", "a\\tb")]
    [InlineData("a\nb\r", "a\\nb\r")]
    [InlineData("\0", "\\0")]
    [InlineData("\\", "\\\\")]
    [InlineData("\\\t\n\0\\", "\\\\\\t\\n\\0\\\\")]
    public void Append_WhenATextHasWhatEndsFields_ThenIsEscaped(string text, string expected)
    {
        var schema = new Schema([new Column("t", ColumnType.String)]);
        var buffer = new LoadBuffer(schema, [0], 4096);

        buffer.Append(EngineRows.Batch(schema, [text]), 0);

        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(buffer.Written));
    }

    [Fact]
    public void Append_WhenATextIsTooLong_ThenLeavesTheRowsBefore()
    {
        var schema = new Schema([new Column("i", ColumnType.Integer), new Column("t", ColumnType.String)]);
        var buffer = new LoadBuffer(schema, [0, 3], 4096);

        EngineException e = Assert.Throws<EngineException>(
            () => buffer.Append(EngineRows.Batch(schema, [(Int128)1, "äöü"], [(Int128)2, "äöüß"]), 0));

        Assert.StartsWith("mysql: column 't' has a text of more than 3 characters", e.Message, StringComparison.Ordinal);
        Assert.Equal("1\täöü\n", Encoding.UTF8.GetString(buffer.Written));
    }
}
