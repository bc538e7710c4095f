using System.Net.Sockets;

namespace Assay.Store.Tests.Engines;

/// <summary>What people read when a MySQL or MariaDB server fails them.</summary>
public class MySqlFailuresTests
{
    private static readonly ServerTarget Target = new("db.example", 3306, "shop", "me");

    [Theory]
    [InlineData(SocketError.Shutdown)]
    [InlineData(SocketError.ConnectionReset)]
    public void Explain_WhenTheServerEndedAConnectionInALoad_ThenSaysThatItWasLost(SocketError error)
    {
        EngineException explained = MySqlFailures.Explain(new IOException("broken", new SocketException((int)error)), Target);

        Assert.Contains("was lost; nothing was changed, run again", explained.Message, StringComparison.Ordinal);
        Assert.True(explained.IsTransient);
    }

    [Fact]
    public void Explain_WhenNobodyListens_ThenAsksWhetherTheServerRuns()
    {
        EngineException explained = MySqlFailures.Explain(new IOException("refused", new SocketException((int)SocketError.ConnectionRefused)), Target);

        Assert.Contains("is the server running?", explained.Message, StringComparison.Ordinal);
    }
}
