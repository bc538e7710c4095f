using System.Data.Common;
using System.Globalization;
using Assay.Data;
using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>The rows of a query to MySQL or MariaDB.</summary>
internal sealed class MySqlReader(AdoRun run, TextPool texts) : AdoReader(run, texts)
{
    private static readonly string[] Moments = ["yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd"];

    private protected override bool IsNull(DbDataReader rows, int column) =>
        // The driver's own answer reads the value first, as its decimal.
        IsDecimal(rows, column) ? ((MySqlDataReader)rows).GetMySqlDecimal(column).IsNull : base.IsNull(rows, column);

    private protected override Int128 Number(DbDataReader rows, int column, ColumnType type) =>
        // The driver's decimal has 28 digits, the database's 65: as text every one of them arrives.
        IsDecimal(rows, column)
            ? DecimalText.Units(((MySqlDataReader)rows).GetMySqlDecimal(column).ToString(), type.Scale)
            : base.Number(rows, column, type);

    private protected override long Day(DbDataReader rows, int column) =>
        SqlCells.DaysOf(DateOnly.FromDateTime(MomentOf(rows, column)));

    private protected override long Moment(DbDataReader rows, int column) => SqlCells.MicrosecondsOf(MomentOf(rows, column));

    private static bool IsDecimal(DbDataReader rows, int column) => rows.GetFieldType(column) == typeof(decimal);

    /// <summary>Functions of dates give text where an argument was a parameter.</summary>
    private static DateTime MomentOf(DbDataReader rows, int column) => rows.GetFieldType(column) == typeof(string)
        ? DateTime.ParseExact(rows.GetString(column), Moments, CultureInfo.InvariantCulture, DateTimeStyles.None)
        : rows.GetDateTime(column);
}
