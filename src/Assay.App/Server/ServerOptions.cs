using Assay.Store;
using Microsoft.Extensions.Logging;

namespace Assay.App.Server;

/// <summary>How the server is to be run.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where data is kept.</summary>
    public required AssayHome Home { get; init; }

    /// <summary>The address it is bound to: nobody else's machine reaches the loopback one.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes any that is free.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>How many jobs run at once: a run uses several cores by itself.</summary>
    public int MaxJobs { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many threads answer a page's question about clean rows, beside the jobs.</summary>
    public int ViewThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many jobs may wait. A thousand small ones take a minute or two; who waits longer had better be told.</summary>
    public int MaxQueued { get; init; } = 1_000;

    /// <summary>The most bytes of an upload: ten times what the largest known input has.</summary>
    public long MaxUpload { get; init; } = 10L << 30;

    /// <summary>How often a job may be begun: one that ends the process each time must not do so for ever.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The days that ended jobs are kept.</summary>
    public int KeepDays { get; init; } = 30;

    /// <summary>How many ended jobs are kept.</summary>
    public int KeepJobs { get; init; } = 1_000;

    /// <summary>How long running jobs may go on when the server is told to end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The requests a second that one key or address may make, on average and at once.</summary>
    public int RateLimit { get; init; } = 2_000;

    /// <summary>The origins whose pages may call the server; none unless told.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>The pipeline that is meant when a request names none; null leaves it to the settings.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Whether the log is JSON, a line an event.</summary>
    public bool LogsJson { get; init; }

    /// <summary>The least that is logged.</summary>
    public LogLevel LogsFrom { get; init; } = LogLevel.Information;

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether only this machine can reach the server.</summary>
    public bool IsLoopback => Host is "localhost" || System.Net.IPAddress.TryParse(Host, out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address);
}
