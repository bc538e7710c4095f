using System.Net.Sockets;
using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>What MySQL or MariaDB and the driver report, in plain words. Numbers are those of MariaDB's documentation,
/// "MariaDB Error Codes", and MySQL's, "Error Message Reference"; they share those below 1900, and 2000 to 2999 are clients'.</summary>
internal static class MySqlFailures
{
    private const string Engine = "mysql";
    private const int TooManyConnections = 1040;
    private const int NoAccessToDatabase = 1044;
    private const int AccessDenied = 1045;
    private const int NoDatabase = 1049;
    private const int DiskFull = 1021;
    private const int CannotConnect = 1042;
    private const int ServerShutdown = 1053;
    private const int TableFull = 1114;
    private const int NotAllowed = 1142;
    private const int LockTimeout = 1205;
    private const int Deadlock = 1213;
    private const int ConnectionKilled = 1927;
    private const int ServerGone = 2006;
    private const int ServerLost = 2013;
    private const int IndexThere = 1061;
    private const int TableMissing = 1146;
    private const int TextTooLong = 1406;
    private const int OutOfRange = 1690;

    private static readonly HashSet<int> Lost = [ServerShutdown, ConnectionKilled, ServerGone, ServerLost, 1152, 1158, 1159, 1160, 1161, 1184];

    /// <summary>What the system says of a connection that was there.</summary>
    private static readonly HashSet<SocketError> Broke = [SocketError.ConnectionReset, SocketError.ConnectionAborted, SocketError.Shutdown];

    private static readonly HashSet<int> Transient = [TooManyConnections, CannotConnect, LockTimeout, Deadlock, .. Lost];

    /// <summary>Whether the same may succeed a little later.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        _ when IsHostUnknown(exception) => false,
        MySqlException { InnerException: SocketException } => true,
        MySqlException refused => Transient.Contains(refused.Number) || IsLost(refused),
        IOException or SocketException or TimeoutException or InvalidOperationException => true,
        _ => false,
    };

    /// <summary>The exception for a failure.</summary>
    /// <param name="cause">What the driver said; its messages never have the password.</param>
    /// <param name="target">Where the server is.</param>
    public static EngineException Explain(Exception cause, ServerTarget target) =>
        new(Engine, Message(cause, target), cause) { IsTransient = IsTransient(cause) };

    /// <summary>Whether an index was to be made that is there.</summary>
    public static bool IsIndexThere(Exception? exception) => exception is MySqlException { Number: IndexThere };

    /// <summary>Whether a table was asked for that is not there.</summary>
    public static bool IsTableMissing(Exception? exception) => exception is MySqlException { Number: TableMissing };

    private static bool IsLost(MySqlException e) =>
        Lost.Contains(e.Number) || (e.Number == 0 && Causes(e).Any(cause => cause is IOException or SocketException or ObjectDisposedException));

    /// <summary>The driver looks the host up by itself, and takes an unknown one for a wrong argument.</summary>
    private static bool IsHostUnknown(Exception exception) => Causes(exception).Any(cause =>
        cause is SocketException { SocketErrorCode: SocketError.HostNotFound }
        || (cause is ArgumentException && exception is MySqlException { Number: CannotConnect }));

    private static string Message(Exception cause, ServerTarget target)
    {
        if (IsHostUnknown(cause))
        {
            return $"there is no host '{target.Host}'; check the connection";
        }

        if (Causes(cause).OfType<SocketException>().FirstOrDefault() is { } unreachable && !Broke.Contains(unreachable.SocketErrorCode))
        {
            return $"nothing answers at {target.Server} ({unreachable.Message}); is the server running?";
        }

        // Wrong passwords arrive wrapped.
        MySqlException? e = Causes(cause).OfType<MySqlException>().LastOrDefault(one => one.Number != 0) ?? cause as MySqlException;
        return e?.Number switch
        {
            AccessDenied => $"{target.Server} refused user '{target.User}' ({e.Message}); check user and password of the connection",
            NoDatabase => $"{target.Server} has no database '{target.Database}'; make it (CREATE DATABASE), or name another in the connection",
            NoAccessToDatabase or NotAllowed => $"{e.Message}; user '{target.User}' needs all rights on the database (GRANT ALL ON {target.Database}.* …)",
            CannotConnect => $"nothing answers at {target.Server}; is the server running?",
            TooManyConnections => $"{target.Server} has no connection left; end others, or raise its max_connections",
            DiskFull or TableFull => $"{target.Server} has no space left on its disk ({e.Message}); nothing was changed",
            TextTooLong => $"{e.Message}; texts of keys and indexes have a greatest length there",
            OutOfRange => $"a number outgrew 64 bits, or date_add left the years 1 to 9999 ({e.Message})",
            { } when IsLost(e) => $"the connection to {target.Server} was lost; nothing was changed, run again",
            null when cause is IOException or InvalidOperationException => $"the connection to {target.Server} was lost; nothing was changed, run again",
            _ when Causes(cause).OfType<SocketException>().Any() => $"the connection to {target.Server} was lost; nothing was changed, run again",
            null when cause is TimeoutException => $"{target.Server} did not answer in time",
            _ => (e ?? cause).Message,
        };
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
