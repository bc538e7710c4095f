using Assay.Sql;
using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>A MySQL or MariaDB server.</summary>
internal sealed class MySqlEngine : Engine
{
    private const string Shape = "Server=…;Port=3306;User ID=…;Password=…;Database=…";

    private readonly Lazy<MySqlConnectionStringBuilder> _settings;

    /// <summary>Makes the engine; the server is reached when a session is opened.</summary>
    public MySqlEngine(EngineOptions options)
        : base(options, MySqlDialect.MariaDb) => _settings = new Lazy<MySqlConnectionStringBuilder>(Settings);

    public override void Dispose()
    {
        if (_settings.IsValueCreated)
        {
            using var pooled = new MySqlConnection(Writers(_settings.Value));
            MySqlConnection.ClearPool(pooled);
        }
    }

    private protected override EngineSession Connect(string owner, CancellationToken cancellationToken) =>
        Connect(owner, isReading: false, cancellationToken);

    private protected override EngineSession ConnectForReading(CancellationToken cancellationToken) =>
        Connect("", isReading: true, cancellationToken);

    private MySqlSession Connect(string owner, bool isReading, CancellationToken cancellationToken)
    {
        MySqlConnectionStringBuilder settings = _settings.Value;
        var target = new ServerTarget(settings.Server, settings.Port, settings.Database, settings.UserID);

        // The turn belongs to the session's connection, and has to end with it, not to live on in a pool.
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        MySqlSession? session = null;
        try
        {
            session = new MySqlSession(Options, owner, connection, Product(connection, target), Writers(settings), target) { IsReading = isReading };
            session.Open(cancellationToken);
            return session;
        }
        catch
        {
            session?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    private static string Writers(MySqlConnectionStringBuilder settings) =>
        new MySqlConnectionStringBuilder(settings.ConnectionString) { AllowLoadLocalInfile = true }.ConnectionString;

    private static MySqlProduct Product(MySqlConnection connection, ServerTarget target)
    {
        try
        {
            connection.Open();
            using MySqlCommand command = connection.CreateCommand();
            command.CommandText = "SELECT VERSION()";
            return MySqlProduct.Of((string)command.ExecuteScalar(), target);
        }
        catch (Exception e) when (e is MySqlException or IOException or TimeoutException)
        {
            throw MySqlFailures.Explain(e, target);
        }
    }

    private MySqlConnectionStringBuilder Settings()
    {
        MySqlConnectionStringBuilder settings;
        try
        {
            settings = new MySqlConnectionStringBuilder(Options.Connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or MySqlException)
        {
            // The driver's message may quote a part of it.
            throw new EngineException(Name, $"the connection cannot be understood; it is written as {Shape}") { IsMisconfigured = true };
        }

        if (settings.Database.Length == 0)
        {
            throw new EngineException(Name, $"the connection names no database; it is written as {Shape}") { IsMisconfigured = true };
        }

        if (settings.SslMode is MySqlSslMode.VerifyCA or MySqlSslMode.VerifyFull)
        {
            throw new EngineException(
                Name, "SslMode=VerifyCA and VerifyFull are not supported; Required encrypts, without checking whose certificate the server has")
            {
                IsMisconfigured = true,
            };
        }

        // A server may ask a client that allows it for any file: only the connections that rows are loaded by do.
        settings.AllowLoadLocalInfile = false;
        settings.AllowLoadLocalInfileInPath = "";
        settings.CharacterSet = "utf8mb4";
        settings.ConnectionReset = true;

        // The driver's own statements, COMMIT and ROLLBACK, have no other limit than this one, by default half a minute.
        settings.DefaultCommandTimeout = (uint)Math.Clamp(Options.CommandTimeout.TotalSeconds, 1, int.MaxValue / 1000);
        return settings;
    }
}
