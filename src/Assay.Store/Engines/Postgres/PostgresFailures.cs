using System.Net.Sockets;
using Npgsql;

namespace Assay.Store;

/// <summary>What PostgreSQL and its driver report, in plain words. SQLSTATEs are those of PostgreSQL's documentation,
/// appendix A, "PostgreSQL Error Codes".</summary>
internal static class PostgresFailures
{
    private const string Engine = "postgres";

    /// <summary>Failures after which the same may succeed: class 08 (connection), 40001 serialization, 40P01 deadlock, 53300 too
    /// many connections, 55P03 a lock that was not to be had, 57P01 and 57P02 a server that ends, 57P03 one that starts.</summary>
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "08000", "08001", "08003", "08004", "08006", "40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03",
    };

    /// <summary>Whether the same may succeed a little later.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException refused => Transient.Contains(refused.SqlState),
        NpgsqlException { InnerException: SocketException unreachable } => unreachable.SocketErrorCode != SocketError.HostNotFound,
        NpgsqlException lost => lost.IsTransient || lost.InnerException is IOException,
        IOException or TimeoutException or InvalidOperationException => true,
        _ => false,
    };

    /// <summary>The exception for a failure.</summary>
    /// <param name="cause">What the driver said; its messages never have the password.</param>
    /// <param name="target">Where the server is.</param>
    public static EngineException Explain(Exception cause, ServerTarget target) =>
        new(Engine, Message(cause, target), cause) { IsTransient = IsTransient(cause) };

    /// <summary>What happened. A failure's detail and context are left out: they quote rows, which may be personal data ("Failing row
    /// contains (…)", "Key (…)=(…)"); the message itself names the table and the constraint.</summary>
    private static string Message(Exception cause, ServerTarget target) => cause switch
    {
        PostgresException { SqlState: "28P01" or "28000" } e =>
            $"{target.Server} refused user '{target.User}' ({e.MessageText}); check user and password of the connection",
        PostgresException { SqlState: "3D000" } =>
            $"{target.Server} has no database '{target.Database}'; make it (createdb {target.Database}), or name another in the connection",
        PostgresException { SqlState: "53300" } => $"{target.Server} has no connection left; end others, or raise its max_connections",
        PostgresException { SqlState: "42501" } e => $"{e.MessageText}; user '{target.User}' needs the right to make tables there (GRANT CREATE ON SCHEMA …)",
        PostgresException { SqlState: "53100" } e => $"{target.Server} has no space left on its disk ({e.MessageText}); nothing was changed",
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } e => $"{target.Server} ended or restarts ({e.MessageText}); nothing was changed, run again",

        PostgresException { Where: { } where } e when where.StartsWith("COPY ", StringComparison.Ordinal) => $"{e.MessageText}; {Place(where)}",
        PostgresException e => e.MessageText,
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } =>
            $"there is no host '{target.Host}'; check the connection",
        NpgsqlException { InnerException: SocketException e } => $"nothing answers at {target.Server} ({e.Message}); is the server running?",
        NpgsqlException { InnerException: TimeoutException } => $"{target.Server} did not answer in time",
        TimeoutException => $"{target.Server} did not answer in time",
        NpgsqlException { InnerException: IOException } or IOException or InvalidOperationException =>
            $"the connection to {target.Server} was lost; nothing was changed, run again",
        _ => cause.Message,
    };

    /// <summary>The table, line and column of a load, without the value that may come after them.</summary>
    private static string Place(string where) => where.Split(':', '\n')[0];
}
