using System.Xml.Linq;

namespace Assay.App.Tests.House;

/// <summary>The arrows between the rooms: data flows one way, and only the program knows them all.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Assay.Data"] = [],
        ["Assay.DuckDb"] = ["Assay.Data"],
        ["Assay.Read"] = ["Assay.Data", "Assay.DuckDb"],
        ["Assay.Refine"] = ["Assay.Data"],
        ["Assay.Sql"] = ["Assay.Data"],
        ["Assay.Measure"] = ["Assay.Data", "Assay.Sql"],
        ["Assay.Store"] = ["Assay.Data", "Assay.Sql", "Assay.DuckDb"],
        ["Assay.App"] = ["Assay.Data", "Assay.DuckDb", "Assay.Read", "Assay.Refine", "Assay.Sql", "Assay.Measure", "Assay.Store"],
    };

    /// <summary>Only the program takes packages; a package that a room cannot do without is listed here.</summary>
    /// <remarks>Store: SQLite keeps what is remembered from run to run, in transactions that outlive a crash; its
    /// library is the system's (public domain), called through these three (MIT and, for SQLitePCLRaw, Apache-2.0). The
    /// drivers of PostgreSQL (Npgsql, its own licence, like BSD's) and of MySQL and MariaDB (MySql.Data, GPL-2.0 with the
    /// Universal FOSS Exception, which allows its use by a program under the MIT licence), with the two packages
    /// that MySql.Data asks for (MIT): they are loaded when such a database is asked for. App: the server describes its API with Microsoft.AspNetCore.OpenApi
    /// (MIT; with Microsoft.OpenApi, MIT), and shows it with Swagger UI (Apache-2.0) from Swashbuckle.AspNetCore.SwaggerUI (MIT),
    /// which carries its files, so that the page needs no other server. Read: Polly.Core (BSD-3-Clause)
    /// tries again, waits and breaks circuits where an API is asked, and is loaded only then.</remarks>
    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Assay.Read"] = ["Polly.Core"],
        ["Assay.Store"] = [
            "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3",
            "Npgsql", "MySql.Data", "System.Configuration.ConfigurationManager", "System.Security.Permissions"],
        ["Assay.App"] = [
            "System.CommandLine", "Spectre.Console", "YamlDotNet", "Microsoft.AspNetCore.OpenApi", "Swashbuckle.AspNetCore.SwaggerUI"],
    };

    public static TheoryData<string> Projects =>
        [.. Repository.Files("src", "*.csproj").Select(Repository.Relative)];

    [Fact]
    public void Rooms_WhenListed_ThenAreTheProjectsUnderSrc()
    {
        IEnumerable<string> found = Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f));

        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_WhenAProjectHasAny_ThenFollowTheArrows(string project)
    {
        IEnumerable<string> extra = Includes(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Except(Arrows[Path.GetFileNameWithoutExtension(project)]);

        Assert.Equal([], extra);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_WhenAProjectHasAny_ThenAreAllowedInItsRoom(string project)
    {
        string[] allowed = Packages.GetValueOrDefault(Path.GetFileNameWithoutExtension(project), []);

        Assert.Equal([], Includes(project, "PackageReference").Except(allowed));
    }

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants()
            .Where(e => e.Name.LocalName == item)
            .SelectMany(e => ((string?)e.Attribute("Include") ?? "").Split(';', StringSplitOptions.TrimEntries));
}
