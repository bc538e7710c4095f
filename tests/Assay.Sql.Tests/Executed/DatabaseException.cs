namespace Assay.Sql.Tests;

/// <summary>A database failed.</summary>
internal sealed class DatabaseException(string message, Exception? cause = null) : Exception(message, cause);
