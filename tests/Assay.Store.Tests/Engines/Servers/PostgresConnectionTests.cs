namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresConnectionTests() : ServerConnectionTests(EngineKind.Postgres, "Database", "Password", "Host", "Port")
{
    [EngineFact]
    public void Open_WhenTheDatabaseIsNotInUtf8_ThenSaysHowToMakeOneThatIs()
    {
        using var database = new PostgresDatabase(settings: "ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER 'libc' TEMPLATE template0");

        EngineException e = Refused(database.Connection);

        Assert.Contains("keeps text as LATIN1, which cannot hold all of it; make one with CREATE DATABASE … ENCODING 'UTF8'", e.Message, StringComparison.Ordinal);
    }
}
