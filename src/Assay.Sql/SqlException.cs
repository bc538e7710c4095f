namespace Assay.Sql;

/// <summary>A dialect cannot say what is asked of it with the same result as everywhere else. Told before anything runs.</summary>
/// <param name="message">What it cannot say, and what to do instead.</param>
public sealed class SqlException(string message) : Exception(message);
