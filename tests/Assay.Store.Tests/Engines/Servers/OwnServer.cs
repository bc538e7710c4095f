using System.Diagnostics;
using System.Globalization;

namespace Assay.Store.Tests.Engines;

/// <summary>A server of a test's own, which may be killed and started again on what it has on disk.</summary>
internal sealed class OwnServer : IDisposable
{
    private readonly EngineKind _kind;
    private readonly string _home = Directory.CreateTempSubdirectory("assay-server-").FullName;

    /// <summary>Starts it.</summary>
    public OwnServer(EngineKind kind)
    {
        _kind = kind;
        Start();
    }

    /// <summary>How to reach its database.</summary>
    public string Connection => TestServer.In(_home, _kind)!;

    private string Only => _kind == EngineKind.Postgres ? "postgres" : "mysql";

    /// <summary>The file, under the server's folder, that tells its process first of all.</summary>
    private string ProcessFile => _kind == EngineKind.Postgres ? Path.Combine("data", "postmaster.pid") : "pid";

    /// <summary>Starts it, again if need be.</summary>
    public void Start() => Assert.Equal(0, Services("start", "--only", Only, "--home", _home, "--no-install"));

    /// <summary>Kills it at once, as a power cut would.</summary>
    public void Kill()
    {
        string place = File.ReadAllText(Path.Combine(_home, "place")).Trim();
        string process = File.ReadLines(Path.Combine(place, Only, ProcessFile)).First();
        using var server = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
    }

    public void Dispose()
    {
        Services("stop", "--home", _home);
        Directory.Delete(_home, recursive: true);
    }

    private static int Services(params string[] arguments)
    {
        using var process = Process.Start(Path.Combine(TestServer.Root(), "eng", "services"), arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
