using System.Text;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Orders;

/// <summary>
/// What a run says and writes, grepped for the personal data it was given. Bronze, silver and the quarantine hold
/// raw data by design, and KPIs that name a customer name those who were accepted; nothing else does.
/// </summary>
public sealed class PersonalDataTests : IDisposable
{
    private static readonly string[] RawLayers = ["bronze", "silver", "quarantine"];

    /// <summary>The ten digits of every number that occurs, however it is written.</summary>
    private static readonly string[] Numbers =
        ["9811110001", "98111 10001", "9822220002", "98222-20002", "9833330003", "9844440004", "9855550005", "5866660006", "58666 60006", "9877770007", "9888880008"];

    /// <summary>Names and ids of records that were set aside.</summary>
    private static readonly string[] Rejected = ["Tarini", "Upadhyaya", "Xerxes", "Wadia", "CLIENT-4711", "Yamini", "Zutshi"];

    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Everything_WhenARunPublishes_ThenIsFreeOfRawNumbersAndOfRejectedNames()
    {
        ProgramResult run = Run();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("not_a_phone", run.Text, StringComparison.Ordinal);
        Assert.Contains("conflicting", run.Text, StringComparison.Ordinal);
        string runId = Path.GetFileName(_home.Home.CurrentGold("orders")!);
        string[] said =
        [
            run.Text, run.Error,
            _home.Program.Run("runs", "show", runId).Text, _home.Program.Run("runs", "list").Text,
            _home.Program.Run("show", "orders").Text, _home.Program.Run("show", "orders", "quality").Text,
        ];
        CheckFree(said);

        // The names of those who were accepted stand in the outputs that name them, and the rejects where they can be repaired.
        Assert.Contains("Asha Nair", _home.Published("customer_segmentation.csv"), StringComparison.Ordinal);
        Assert.Contains(_home.Rejects("customers"), row => row.Record.Contains("Tarini Upadhyaya,58666 60006", StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_WhenACheckEndsTheRun_ThenIsFreeOfRawNumbersAndOfRejectedNames()
    {
        ProgramResult run = Run(strict: true);
        Assert.Equal(1, run.ExitCode);
        CheckFree([run.Text, run.Error, _home.Program.Run("runs", "list").Text]);
    }

    [Fact]
    public void Message_WhenADocumentBreaksOffInANumber_ThenDoesNotQuoteIt()
    {
        string whole = OrderLine.Xml(new OrderLine("ORD-1", "9811110001", "2025-10-01T10:00:00", "100.00"));
        string cut = _home.Write("cut.xml", whole[..(whole.IndexOf("9811110001", StringComparison.Ordinal) + 10)]);
        ProgramResult run = _home.Program.Run(
            "run", "orders", "--set", $"customers={_home.Customers(new Customer("CUST-1", "Asha Nair", "9811110001", "South"))}", "--set", $"orders={cut}");
        Assert.Equal(3, run.ExitCode);
        CheckFree([run.Text, run.Error]);
    }

    private ProgramResult Run(bool strict = false)
    {
        string customers = _home.Customers(
            new Customer("CUST-1", "Asha Nair", "+91 98111 10001", "South"),
            new Customer("CUST-2", "Vikram Das", "098222-20002", "North"),
            new Customer("CUST-3", "Meera Joshi", "9833330003", "West"),
            new Customer("CUST-3", "Meera Joshi Again", "9844440004", "West"),
            new Customer("CUST-5", "Tarini Upadhyaya", "58666 60006", "East"),
            new Customer("CUST-6", "Xerxes Wadia", "9877770007", "Nowhere"),
            new Customer("CLIENT-4711", "Yamini Zutshi", "9888880008", "East"));
        string orders = _home.Orders(
            "orders.xml",
            new OrderLine("ORD-1", "98111 10001", "2025-10-01T10:00:00", "100.00"),
            new OrderLine("ORD-2", "98222-20002", "2025-10-02T10:00:00", "50.00"),
            new OrderLine("ORD-3", "58666 60006", "2025-10-03T10:00:00", "25.00"),
            new OrderLine("ORD-4", "9833330003", "2025-10-04T10:00:00", "10.00", "SKU-1"),
            new OrderLine("ORD-4", "9844440004", "2025-10-04T10:00:00", "10.00", "SKU-2"),
            new OrderLine("ORD-5", "9855550005", "2025-10-05T10:00:00", "none"));
        string pipeline = _home.Write("orders/pipeline.yaml", strict ? File.ReadAllText(OrdersHome.Pipeline) : LateCorrectionTests.Tolerant);
        File.Copy(Path.Combine(Path.GetDirectoryName(OrdersHome.Pipeline)!, "generate.yaml"), Path.Combine(Path.GetDirectoryName(pipeline)!, "generate.yaml"));
        return _home.Program.Run("run", pipeline, "--set", $"customers={customers}", "--set", $"orders={orders}");
    }

    private void CheckFree(IEnumerable<string> said)
    {
        foreach (string text in said)
        {
            CheckFree("what was said", text);
        }

        string[] files = [.. Directory.GetFiles(_home.Home.Root, "*", SearchOption.AllDirectories)
            .Where(file => !RawLayers.Contains(Path.GetRelativePath(_home.Home.Root, file).Split(Path.DirectorySeparatorChar)[0]))];
        Assert.Contains(files, file => file.EndsWith("manifest.json", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("assay.db", StringComparison.Ordinal));
        foreach (string file in files)
        {
            // Byte by byte: a database is no text, but what is text in it is found.
            CheckFree(file, Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }
    }

    private static void CheckFree(string where, string text)
    {
        foreach (string secret in Numbers.Concat(Rejected))
        {
            Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{where} has {secret}");
        }
    }
}
