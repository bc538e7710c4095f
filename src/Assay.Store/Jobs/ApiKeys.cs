using System.Security.Cryptography;
using System.Text;

namespace Assay.Store;

/// <summary>The API keys of a server. Only their hashes are kept.</summary>
public sealed class ApiKeys
{
    private const int Bytes = 32;
    private const string Prefix = "assay_";

    private readonly JobConnections _connections;

    internal ApiKeys(JobConnections connections) => _connections = connections;

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is; one key a name.</param>
    /// <param name="role">What it allows.</param>
    /// <param name="now">The time.</param>
    /// <returns>The key: 256 random bits, which cannot be told again. Null when there is one of that name.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public string? Add(string name, ApiRole role, DateTimeOffset now)
    {
        string key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        return _connections.Write(writer => writer.Execute(
            "INSERT OR IGNORE INTO api_keys (name, role, sha256, created_at) VALUES ($name, $role, $hash, $now)",
            ("$name", name), ("$role", Text(role)), ("$hash", Hash(key)), ("$now", StateText.Of(now)))) == 1 ? key : null;
    }

    /// <summary>Takes a key away.</summary>
    /// <param name="name">Whose.</param>
    /// <returns>False when there is none of that name.</returns>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public bool Remove(string name) => _connections.Write(writer => writer.Execute("DELETE FROM api_keys WHERE name = $name", ("$name", name))) == 1;

    /// <summary>All keys.</summary>
    /// <returns>The keys by name.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<ApiKeyEntry> List() => _connections.Read(reader => reader.Query(
        "SELECT name, role, created_at FROM api_keys ORDER BY name",
        row => new ApiKeyEntry(row.GetString(0), Role(row.GetString(1)), StateText.Moment(row.GetString(2)))));

    /// <summary>Finds who holds a key.</summary>
    /// <param name="key">The key. It is looked up by its hash, so how long that takes tells nothing about a key.</param>
    /// <returns>The entry, or null when it is nobody's.</returns>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public ApiKeyEntry? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _connections.Read(reader => reader.Query(
            "SELECT name, role, created_at FROM api_keys WHERE sha256 = $hash",
            row => new ApiKeyEntry(row.GetString(0), Role(row.GetString(1)), StateText.Moment(row.GetString(2))),
            ("$hash", Hash(key))).FirstOrDefault());
    }

    /// <summary>A role's name.</summary>
    /// <param name="role">The role.</param>
    /// <returns>In lower case.</returns>
    public static string Text(ApiRole role) => role switch
    {
        ApiRole.Read => "read",
        ApiRole.Run => "run",
        ApiRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    private static ApiRole Role(string text) => text switch { "admin" => ApiRole.Admin, "run" => ApiRole.Run, _ => ApiRole.Read };

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
