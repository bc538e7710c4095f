using System.Data.Common;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>Turns a connection URL, such as <c>postgres://user:password@host:5432/database</c>, into a connection string as .NET's drivers take it.</summary>
internal static class ConnectionUrl
{
    /// <summary>Reads a connection.</summary>
    /// <param name="text">A URL, or a connection string already.</param>
    /// <param name="engine">The server that it is for.</param>
    /// <returns>The connection string.</returns>
    /// <exception cref="UsageException">It looks like a URL and is none, or one of something else; the message does not repeat it.</exception>
    public static string ToConnectionString(string text, EngineKind engine)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Host.Length == 0)
        {
            throw new UsageException("a connection URL looks like postgres://user:password@host:5432/database; special characters of a password are written as %40 and the like");
        }

        string[] schemes = engine == EngineKind.Postgres ? ["postgres", "postgresql"] : ["mysql", "mariadb"];
        if (!schemes.Contains(url.Scheme))
        {
            throw new UsageException($"this connection URL begins with {schemes[0]}:// or {schemes[1]}://, and {url.Scheme}:// was given");
        }

        var parts = new DbConnectionStringBuilder { ["Host"] = url.Host };
        if (url.Port > 0)
        {
            parts["Port"] = url.Port;
        }

        string database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/'));
        string[] user = url.UserInfo.Split(':', 2);
        Set("Database", database);
        Set("Username", Uri.UnescapeDataString(user[0]));
        Set("Password", user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        foreach (string pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] option = pair.Split('=', 2);
            Set(Option(Uri.UnescapeDataString(option[0])), option.Length > 1 ? Uri.UnescapeDataString(option[1]) : "");
        }

        return parts.ConnectionString;

        void Set(string key, string value)
        {
            if (value.Length > 0)
            {
                parts[key] = value;
            }
        }
    }

    /// <summary>The URLs' own name of an option, as libpq has it, in the drivers' words.</summary>
    private static string Option(string name) => name switch
    {
        "sslmode" => "SSL Mode",
        "application_name" => "Application Name",
        _ => name,
    };
}
