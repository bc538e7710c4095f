using Assay.DuckDb;

namespace Assay.Read.Tests;

/// <summary>Makes Parquet files for tests.</summary>
internal static class ParquetWriting
{
    /// <summary>Writes a query's rows.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">More options of <c>COPY</c>.</param>
    /// <returns>The file's path.</returns>
    public static string Write(TemporaryFolder folder, string name, string query, string options = "")
    {
        string path = folder.Path(name);
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"COPY ({query}) TO {DuckDbSql.Literal(path)} (FORMAT parquet{options})");
        return path;
    }
}
