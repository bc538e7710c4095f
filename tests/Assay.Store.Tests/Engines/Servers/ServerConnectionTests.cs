namespace Assay.Store.Tests.Engines;

/// <summary>What is said when a server cannot be reached or used.</summary>
public abstract class ServerConnectionTests(EngineKind kind, string database, string password, string server, string port)
{
    [EngineFact]
    public void Open_WhenThePasswordIsWrong_ThenSaysWhoWasRefusedAndNeverThePassword()
    {
        EngineException e = Refused(With(password, "s3cret-but-wrong"));

        Assert.Contains("refused user 'assay'", e.Message, StringComparison.Ordinal);
        Assert.Contains("check user and password", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
        Assert.DoesNotContain("s3cret", e.ToString(), StringComparison.Ordinal);
    }

    [EngineFact]
    public void Open_WhenTheDatabaseIsMissing_ThenSaysHowToMakeIt()
    {
        EngineException e = Refused(With(database, "no_such_database"));

        Assert.Contains("has no database 'no_such_database'; make it", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
    }

    [EngineFact]
    public void Open_WhenTheHostIsUnknown_ThenSaysSo()
    {
        EngineException e = Refused(With(server, "no-such-host.invalid"));

        Assert.Contains("there is no host 'no-such-host.invalid'; check the connection", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
    }

    [EngineFact]
    public void Open_WhenNothingListens_ThenAsksWhetherTheServerRunsAndTriesAgain()
    {
        var notes = new List<string>();
        using var engine = Engine.Create(new EngineOptions { Kind = kind, Connection = With(port, "1"), Retries = 1, Notify = notes.Add });

        EngineException e = Assert.Throws<EngineException>(() => engine.Open("shop"));

        Assert.Contains("nothing answers at the server 127.0.0.1:1", e.Message, StringComparison.Ordinal);
        Assert.Contains("is the server running?", e.Message, StringComparison.Ordinal);
        Assert.Contains("trying again in 0.2 s (1 of 1)", Assert.Single(notes), StringComparison.Ordinal);
    }

    [EngineTheory]
    [InlineData("postgres://assay:s3cret@127.0.0.1/shop")]
    [InlineData("Password=s3cret;Nonsense=1")]
    [InlineData("Port=s3cret")]
    [InlineData("s3cret")]
    public void Open_WhenTheConnectionCannotBeUnderstood_ThenShowsHowItIsWrittenAndNothingOfIt(string connection)
    {
        EngineException e = Refused(connection);

        Assert.Contains("the connection cannot be understood; it is written as ", e.Message, StringComparison.Ordinal);
        Assert.True(e.IsMisconfigured);
        Assert.DoesNotContain("s3cret", e.ToString(), StringComparison.Ordinal);
    }

    [EngineFact]
    public void Version_WhenOpen_ThenTellsTheProduct()
    {
        using var engine = Engine.Create(new EngineOptions { Kind = kind, Connection = TestServer.Require(kind) });
        using EngineSession session = engine.Open("shop");

        Assert.Matches(kind == EngineKind.Postgres ? @"^PostgreSQL \d+\.\d+$" : @"^(MariaDB|MySQL) \d+\.\d+\.\d+$", session.Version);
    }

    protected EngineException Refused(string connection)
    {
        using var engine = Engine.Create(new EngineOptions { Kind = kind, Connection = connection, Retries = 0 });
        return Assert.Throws<EngineException>(() => engine.Open("shop"));
    }

    /// <summary>The tests' connection with another value of a key.</summary>
    protected string With(string key, string value) => string.Join(';', TestServer.Require(kind).Split(';')
        .Where(part => !part.StartsWith(key + "=", StringComparison.OrdinalIgnoreCase)).Append($"{key}={value}"));
}
