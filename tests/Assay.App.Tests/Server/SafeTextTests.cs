using Assay.App.Server;
using Assay.Store;

namespace Assay.App.Tests.Server;

/// <summary>Texts that clients are shown name no folder of the machine, and are otherwise as they were.</summary>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("data/jobs/1/input/sales.csv: row 3: no data in metadata/x", "jobs/1/input/sales.csv: row 3: no data in metadata/x")]
    [InlineData("\"record\":\"data\",\"path\":\"data/in.csv\"", "\"record\":\"data\",\"path\":\"in.csv\"")]
    [InlineData("{home}/jobs.db is damaged; see {home}", "jobs.db is damaged; see the home")]
    [InlineData("{working}/pipelines/sales/pipeline.yaml:3:1", "pipelines/sales/pipeline.yaml:3:1")]
    [InlineData("{home}-old/x.csv", "data-old/x.csv")]
    [InlineData("cannot read '/srv/secret/in/a b.csv'", "cannot read 'a b.csv'")]
    [InlineData("../../srv/in/a.csv, ../b.csv", "a.csv, ../b.csv")]
    [InlineData("GET https://api.example:8443/users/1?page=2 at 2024/01/15 answered n/a, 3 / 4", "GET https://api.example:8443/users/1?page=2 at 2024/01/15 answered n/a, 3 / 4")]
    public void Text_WhenItNamesFolders_ThenOnlyThoseAreTakenOut(string text, string shown)
    {
        string working = Directory.GetCurrentDirectory();
        string home = Path.Combine(working, "data");

        Assert.Equal(shown, new SafeText(new AssayHome(home)).Of(text.Replace("{home}", home, StringComparison.Ordinal).Replace("{working}", working, StringComparison.Ordinal)));
    }
}
