namespace Assay.DuckDb;

/// <summary>DuckDB refused something, or its library could not be loaded.</summary>
public sealed class DuckDbException : Exception
{
    private const int MostSql = 160;

    /// <summary>Makes one.</summary>
    /// <param name="message">What went wrong, in DuckDB's words where it spoke.</param>
    /// <param name="sql">The statement that it is about, if there is one; the message ends with its beginning.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public DuckDbException(string message, string? sql = null, Exception? inner = null)
        : base(sql is null ? message : $"{message.TrimEnd()} (in: {Gist(sql)})", inner) => Sql = sql;

    /// <summary>The whole statement, or null.</summary>
    public string? Sql { get; }

    /// <summary>Whether more memory was needed than the database may hold.</summary>
    public bool IsOutOfMemory => Message.StartsWith("Out of Memory Error", StringComparison.Ordinal) && !IsOutOfSpace;

    /// <summary>Whether what memory could not hold found no room in its folder on the disk.</summary>
    public bool IsOutOfSpace => Message.Contains("failed to offload", StringComparison.Ordinal);

    /// <summary>A statement's beginning on one line.</summary>
    private static string Gist(string sql)
    {
        string line = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MostSql ? line : string.Concat(line.AsSpan(0, MostSql), "…");
    }
}
