using System.Runtime.CompilerServices;
using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>
/// The statements of KPIs as people see them, kept in Query/Golden. With ASSAY_UPDATE_GOLDEN=1 in the environment the files
/// are written anew instead of compared: look at the difference before it is committed.
/// </summary>
public sealed class KpiQueryGoldenTests
{
    public static TheoryData<string> Names => [.. ShopCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Preview_WhenAKpiHasThisShape_ThenIsThisText(string name)
    {
        KpiCase one = ShopCases.All[name];
        string text = string.Join("\n", Dialects.All.SelectMany(dialect => KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = dialect }).Preview
            .Select(statement => $"-- {dialect.Title}: {statement.Title}\n{dialect.Script(statement.Statement)};\n")));

        string path = Path.Combine(Folder(), $"{name}.sql");
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
