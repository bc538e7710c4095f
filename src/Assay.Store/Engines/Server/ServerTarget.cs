using System.Globalization;

namespace Assay.Store;

/// <summary>Where a connection goes, as far as messages may tell.</summary>
/// <param name="Host">The server's host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The user.</param>
internal sealed record ServerTarget(string Host, long Port, string Database, string User)
{
    /// <summary>The server, as people write it.</summary>
    public string Server => string.Create(CultureInfo.InvariantCulture, $"the server {Host}:{Port}");
}
