using Assay.Sql;
using Npgsql;

namespace Assay.Store;

/// <summary>A PostgreSQL server.</summary>
internal sealed class PostgresEngine : Engine
{
    private const string Shape = "Host=…;Port=5432;Username=…;Password=…;Database=…";

    private readonly Lazy<NpgsqlConnectionStringBuilder> _settings;
    private readonly Lazy<NpgsqlDataSource> _pool;

    /// <summary>Makes the engine; the server is reached when a session is opened.</summary>
    public PostgresEngine(EngineOptions options)
        : base(options, PostgresDialect.Instance)
    {
        _settings = new Lazy<NpgsqlConnectionStringBuilder>(Settings);
        _pool = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(_settings.Value));
    }

    public override void Dispose()
    {
        if (_pool.IsValueCreated)
        {
            _pool.Value.Dispose();
        }
    }

    private protected override EngineSession Connect(string owner, CancellationToken cancellationToken) =>
        Connect(owner, isReading: false, cancellationToken);

    private protected override EngineSession ConnectForReading(CancellationToken cancellationToken) =>
        Connect("", isReading: true, cancellationToken);

    private PostgresSession Connect(string owner, bool isReading, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder settings = _settings.Value;
        var target = new ServerTarget(settings.Host ?? "", settings.Port, settings.Database ?? settings.Username ?? "", settings.Username ?? "");

        // The turn belongs to the session's connection, and has to end with it, not to live on in a pool.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        var session = new PostgresSession(Options, Dialect, owner, connection, _pool.Value, target) { IsReading = isReading };
        try
        {
            session.Open(cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private NpgsqlConnectionStringBuilder Settings()
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(Options.Connection)
            {
                // A statement's time is limited by what runs it; this limits how long a load may wait for the server.
                CommandTimeout = (int)Math.Min(Options.CommandTimeout.TotalSeconds, int.MaxValue),
                // The session's connection waits while workers load, and firewalls forget what is silent.
                TcpKeepAlive = true,
            };
            settings.ApplicationName ??= "assay";
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            // The driver's message may quote a part of it.
            throw new EngineException(Name, $"the connection cannot be understood; it is written as {Shape}") { IsMisconfigured = true };
        }
    }
}
