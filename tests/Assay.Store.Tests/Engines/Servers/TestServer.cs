using System.Globalization;

namespace Assay.Store.Tests.Engines;

/// <summary>A database server that tests may use: <c>eng/services start</c> starts it, and says how to reach it.</summary>
internal static class TestServer
{
    private static int _databases;

    /// <summary>How to reach a server; null when there is none.</summary>
    public static string? Find(EngineKind kind)
    {
        string name = Variable(kind);
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } given)
        {
            return given;
        }

        return In(Path.Combine(Root(), "artifacts", "services"), kind);
    }

    /// <summary>How to reach a server that <c>eng/services start --home</c> started; null when there is none.</summary>
    public static string? In(string home, EngineKind kind)
    {
        string name = Variable(kind);
        string file = Path.Combine(home, "env");
        return !File.Exists(file) ? null : File.ReadLines(file)
            .Where(line => line.StartsWith(name + "='", StringComparison.Ordinal))
            .Select(line => line[(name.Length + 2)..^1])
            .FirstOrDefault();
    }

    /// <summary>How to reach a server.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Require(EngineKind kind) => Find(kind) ?? throw new InvalidOperationException(Missing(kind));

    /// <summary>Why a test that needs a server is left out; null when it runs. Where CI is set, it runs, and fails.</summary>
    public static string? ReasonToSkip(EngineKind kind) =>
        Find(kind) is not null || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? null : Missing(kind);

    /// <summary>A database's name that no other test has.</summary>
    public static string NewName() => string.Create(
        CultureInfo.InvariantCulture, $"assay_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");

    /// <summary>The checkout that the tests were built from.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Assay.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Assay.slnx above {AppContext.BaseDirectory}.");
    }

    private static string Variable(EngineKind kind) => kind == EngineKind.Postgres ? "ASSAY_TEST_POSTGRES" : "ASSAY_TEST_MYSQL";

    private static string Missing(EngineKind kind) =>
        $"needs a {(kind == EngineKind.Postgres ? "PostgreSQL" : "MariaDB or MySQL")} server: run eng/services start, or set {Variable(kind)}";
}
