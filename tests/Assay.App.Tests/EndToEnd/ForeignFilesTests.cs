using System.Text;

namespace Assay.App.Tests.EndToEnd;

/// <summary>Files as programs of other places write them.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private const string Definition =
        """
        pipeline: turnover
        variables: { file: none.csv }
        sources:
          bookings: { format: csv, path: "${file}", encoding: windows-1252, skip_lines: 1 }
        tables:
          bookings:
            from: bookings
            columns:
              customer: { type: string, field: Kunde, clean: [trim], required: true }
              amount: { type: "decimal(14,2)", field: Umsatz, clean: [currency, { number: { decimal: ",", group: "." } }], required: true }
        kpis:
          by_customer:
            from: bookings
            group_by: [customer]
            measures: { amount: { value: sum(amount), scale: 2 } }
            order_by: [customer]
        """;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Run_WhenTheFileIsOfAnotherPlace_ThenItsTextAndNumbersAreRead()
    {
        string pipeline = Pipeline(Definition);
        string file = _assay.Write(
            "export.csv",
            Windows1252.GetBytes("Export vom 01.02.2026\r\nKunde;Umsatz\r\nMüller;1.234,50 €\r\nWeiß;(5,00)\r\nÖz;12.34\r\n"));

        ProgramResult result = _assay.Run("run", pipeline, "--set", $"file={file}", "--quiet");

        Assert.Equal("", result.Error);
        Assert.Equal("customer,amount\nMüller,1234.50\nWeiß,-5.00\n", Read("gold/turnover/current/by_customer.csv"));
        string rejects = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(_assay.Home, "quarantine", "bookings"), "*.csv")));
        Assert.EndsWith(",3,73,amount,not_a_number,12.34,\"a number such as 1.234,50\",,Öz;12.34\n", rejects, StringComparison.Ordinal);

        ProgramResult export = _assay.Run("quarantine", "export", pipeline, "--set", $"file={file}", "-o", "-");

        Assert.Contains("\nÖz,12.34,", export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenMostRecordsAreNotUtf8_ThenSaysHowToReadThem()
    {
        string pipeline = Pipeline(Definition.Replace(", encoding: windows-1252, skip_lines: 1", "", StringComparison.Ordinal));
        string file = _assay.Write("export.csv", Windows1252.GetBytes("Kunde;Umsatz\nMüller;1,5\nMeier;2\nWeiß;3\n"));

        ProgramResult result = _assay.Run("run", pipeline, "--set", $"file={file}", "--quiet");

        Assert.Equal(
            "warning: 2 of 3 records of source `bookings` are not valid UTF-8; if its files are of another encoding, say so there: `encoding: windows-1252` (or `latin-1`, `utf-16`)\n",
            result.Error);
        Assert.Equal("customer,amount\nMeier,2.00\n", Read("gold/turnover/current/by_customer.csv"));
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_assay.Home, name));

    private string Pipeline(string definition)
    {
        Directory.CreateDirectory(_assay.At("turnover"));
        return _assay.Write("turnover/pipeline.yaml", Encoding.UTF8.GetBytes(definition));
    }
}
