using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Orders;

/// <summary>A document that breaks off changes nothing, unless what there is of it is asked for.</summary>
public sealed class IncompleteFileTests : IDisposable
{
    private static readonly OrderLine[] Lines =
    [
        new("ORD-1", "9811111111", "2025-10-01T10:00:00", "100.00"),
        new("ORD-2", "9811111111", "2025-10-02T10:00:00", "50.00"),
        new("ORD-3", "9811111111", "2025-10-03T10:00:00", "25.00"),
    ];

    private readonly OrdersHome _home = new();

    public void Dispose() => _home.Dispose();

    private string People => _home.Customers(new Customer("CUST-1", "Asha Nair", "9811111111", "South"));

    /// <summary>The document without what follows the first words of the third record's total.</summary>
    private string Cut
    {
        get
        {
            string whole = OrderLine.Xml(Lines);
            return _home.Write("cut.xml", whole[..whole.IndexOf("25.00", StringComparison.Ordinal)]);
        }
    }

    [Fact]
    public void Run_WhenADocumentBreaksOff_ThenTellsWhereAndPublishesNothing()
    {
        string cut = Cut;
        ProgramResult result = _home.Program.Run("run", "orders", "--set", $"customers={People}", "--set", $"orders={cut}");
        Assert.Matches($"^error: {cut}:25:19: .*; nothing was published. Repair the file, or take what comes before that with --allow-partial\n$", result.Error);
        Assert.Equal(("", 3), (result.Text, result.ExitCode));
        Assert.Empty(_home.Gold);
        Assert.Empty(_home.Silver);
        Assert.Empty(_home.Loaded("orders"));
        Assert.Empty(_home.Loaded("customers"));

        // The repaired file comes in as if nothing had been.
        string repaired = _home.Write("cut.xml", OrderLine.Xml(Lines));
        _home.RunProgram(People, repaired);
        Assert.Equal(["2025-10,175.00,3,1,58.33,"], _home.Rows("monthly_trends"));
        Assert.Equal(["cut.xml"], _home.Loaded("orders"));
    }

    [Fact]
    public void Run_WhenPartsAreAllowed_ThenTakesWhatComesBeforeAndWarns()
    {
        string cut = Cut;
        ProgramResult result = _home.Program.Run("run", "orders", "--set", $"customers={People}", "--set", $"orders={cut}", "--allow-partial", "-q");
        Assert.Matches($"^warning: {cut}:25:19: .*; only what comes before was taken\n$", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["2025-10,150.00,2,1,75.00,"], _home.Rows("monthly_trends"));

        // The whole document is another file, and brings the rest.
        _home.Run(orders: _home.Orders("whole.xml", Lines));
        Assert.Equal(["2025-10,175.00,3,1,58.33,"], _home.Rows("monthly_trends"));
    }

    [Fact]
    public void Run_WhenALaterDocumentIsMalformed_ThenWhatIsPublishedStays()
    {
        _home.Run(People, _home.Orders("first.xml", Lines));
        (SortedDictionary<string, string> gold, SortedDictionary<string, string> silver) = (_home.Gold, _home.Silver);
        string bad = _home.Write("bad.xml", OrderLine.Xml(Lines[0] with { Total = "999.00" }).Replace("</sku_id>", "</sku>", StringComparison.Ordinal));
        RunException failure = Assert.Throws<RunException>(() => _home.Run(orders: bad));
        Assert.StartsWith($"{bad}:7:", failure.Message, StringComparison.Ordinal);
        Assert.Equal(gold, _home.Gold);
        Assert.Equal(silver, _home.Silver);
        Assert.Equal(["first.xml"], _home.Loaded("orders"));
    }

    [Fact]
    public void FullRefresh_WhenAPartWasTaken_ThenNeedsTheSameLeave()
    {
        _home.Run(People, Cut, options => options with { AllowPartial = true });
        SortedDictionary<string, string> gold = _home.Gold;
        _home.Run(options: options => options with { FullRefresh = true, AllowPartial = true });
        Assert.Equal(gold, _home.Gold);
        Assert.Contains("--allow-partial", Assert.Throws<RunException>(() => _home.Run(options: options => options with { FullRefresh = true })).Message, StringComparison.Ordinal);
        Assert.Equal(gold, _home.Gold);
    }

    [Theory]
    [InlineData("<!DOCTYPE orders [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n")]
    [InlineData("<!DOCTYPE orders SYSTEM \"http://example.invalid/orders.dtd\">\n")]
    public void Run_WhenADocumentDeclaresADoctype_ThenIsRefused(string doctype)
    {
        string file = _home.Write("doctype.xml", doctype + "<orders>\n" + Lines[0].Element() + "</orders>\n");
        ProgramResult result = _home.Program.Run("run", "orders", "--set", $"customers={People}", "--set", $"orders={file}", "--allow-partial");
        Assert.Equal(
            [$"error: {file}: it has a document type declaration (<!DOCTYPE), which is never read: its entities could read other files or grow without bounds. Remove it from the file."],
            result.Errors);
        Assert.Equal(("", 3), (result.Text, result.ExitCode));
        Assert.Empty(_home.Gold);
        Assert.Empty(_home.Loaded("orders"));
    }
}
