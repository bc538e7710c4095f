namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlConnectionTests() : ServerConnectionTests(EngineKind.MySql, "Database", "Password", "Server", "Port")
{
    [EngineFact]
    public void Open_WhenCertificatesAreToBeChecked_ThenSaysThatTheyAreNot() => Assert.Contains(
        "SslMode=VerifyCA and VerifyFull are not supported", Refused(With("SslMode", "VerifyFull")).Message, StringComparison.Ordinal);

    [EngineFact]
    public void Open_WhenNoDatabaseIsNamed_ThenSaysSo() => Assert.Contains(
        "the connection names no database", Refused(With("Database", "")).Message, StringComparison.Ordinal);
}
