using Assay.Data;

namespace Assay.App.Tests.Api;

public sealed class AssayRowTests
{
    private static readonly Schema Columns = new(
    [
        new Column("text", ColumnType.String),
        new Column("whole", ColumnType.Integer),
        new Column("money", ColumnType.Decimal(38, 2)),
        new Column("fine", ColumnType.Decimal(38, 30)),
        new Column("flag", ColumnType.Boolean),
        new Column("day", ColumnType.Date),
        new Column("time", ColumnType.Timestamp),
        new Column("none", ColumnType.Integer),
    ]);

    private readonly AssayRow _row = new(Columns, [
        "a", (Int128)(-7), (Int128)123456, Decimals.PowerOfTen(29) * 5, true, new DateOnly(2025, 1, 2), new DateTime(2025, 1, 2, 3, 4, 5), null,
    ]);

    [Fact]
    public void Values_WhenTaken_ThenHaveTheirColumnsType()
    {
        Assert.Equal(
            ["a", -7L, 1234.56m, 0.5m, true, new DateOnly(2025, 1, 2), new DateTime(2025, 1, 2, 3, 4, 5), null],
            Columns.Columns.Select(column => _row[column.Name]));
        Assert.Equal((-7, (Int128)(-7), -7m, 1234.56), (_row.Get<int>("whole"), _row.Get<Int128>("whole"), _row.Get<decimal>("whole"), _row.Get<double>("money")));
        Assert.Equal(("0.500000000000000000000000000000", "2025-01-02 03:04:05", "true"), (_row.Get<string>("fine"), _row.Get<string>("time"), _row.Get<string>("flag")));
        Assert.Equal((null, null), (_row.Get<long?>("none"), _row.Get<string?>("none")));
    }

    [Fact]
    public void Values_WhenTheyDoNotFit_ThenSaySo()
    {
        Assert.Contains("ask for Int64? instead", Assert.Throws<InvalidCastException>(() => _row.Get<long>("none")).Message, StringComparison.Ordinal);
        Assert.Contains("`money` is decimal(38,2)", Assert.Throws<InvalidCastException>(() => _row.Get<long>("money")).Message, StringComparison.Ordinal);
        Assert.Contains("there are `text`, `whole`", Assert.Throws<KeyNotFoundException>(() => _row["texts"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, false)]
    [InlineData(29, true)]
    public void Decimals_WhenTheyHaveManyDigits_ThenAreExactOrRefused(int digits, bool isTooLong)
    {
        Int128 units = Decimals.PowerOfTen(digits) - 1;
        var row = new AssayRow(new Schema([new Column("large", ColumnType.Decimal(38, 2))]), [units]);

        if (isTooLong)
        {
            Assert.Contains("take it as a string", Assert.Throws<OverflowException>(() => row["large"]).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(decimal.Parse(new string('9', digits - 2) + ".99", System.Globalization.CultureInfo.InvariantCulture), row["large"]);
        }

        Assert.Equal(new string('9', digits - 2) + ".99", row.Get<string>("large"));
    }
}
