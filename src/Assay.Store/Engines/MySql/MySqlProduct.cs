using System.Globalization;
using Assay.Sql;

namespace Assay.Store;

/// <summary>What a server is: the two products share a protocol, and differ in what they know.</summary>
/// <param name="IsMariaDb">Whether it is MariaDB.</param>
/// <param name="Version">Its version.</param>
internal sealed record MySqlProduct(bool IsMariaDb, Version Version)
{
    /// <summary>MariaDB's oldest version that is still mended, https://mariadb.org/about/#maintenance-policy.</summary>
    private static readonly Version OldestMariaDb = new(10, 6);

    /// <summary>The first MySQL with aliases of inserted rows, which upserts use; utf8mb4_0900_bin came in 8.0.17.</summary>
    private static readonly Version OldestMySql = new(8, 0, 19);

    /// <summary>How it writes statements.</summary>
    public MySqlDialect Dialect => IsMariaDb ? MySqlDialect.MariaDb : MySqlDialect.MySql;

    /// <summary>Reads what <c>VERSION()</c> gives, such as <c>10.11.19-MariaDB-0+deb12u1</c>.</summary>
    /// <exception cref="EngineException">The server is too old.</exception>
    public static MySqlProduct Of(string version, ServerTarget target)
    {
        int end = version.AsSpan().IndexOfAnyExcept("0123456789.");
        if (!System.Version.TryParse(version.AsSpan(0, end < 0 ? version.Length : end), out Version? number))
        {
            throw new EngineException("mysql", $"{target.Server} calls itself '{version}', which is neither MySQL nor MariaDB");
        }

        var product = new MySqlProduct(version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase), number);
        Version oldest = product.IsMariaDb ? OldestMariaDb : OldestMySql;
        return number >= oldest
            ? product
            : throw new EngineException("mysql", $"{target.Server} is {product}; MariaDB {OldestMariaDb} or MySQL {OldestMySql} or newer is needed");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsMariaDb ? "MariaDB" : "MySQL")} {Version}");
}
