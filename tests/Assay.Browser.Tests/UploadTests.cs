using System.Text.Json;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>A file goes up through the form; its job is watched, and its charts show what was published.</summary>
[Collection(DashboardFixture.Name)]
public sealed class UploadTests(DashboardFixture dashboard)
{
    private const int Rows = 300_000;

    [BrowserFact]
    public async Task Upload_WhenAFileIsChosen_ThenItsChartsShowWhatItsJobPublished()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");

        string job = await UploadAsync(page, "six rows.csv", SalesFile.Small);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "See the charts" }).ClickAsync();
        await page.Page.WaitForSelectorAsync(".panel-line canvas");
        await page.ShownAsync();

        string[][] months = await PublishedAsync(job, "monthly_sales_summary");
        JsonElement line = await page.OptionAsync("#monthly_sales_summary");
        Assert.Equal(["Jan 2024", "Feb 2024", "Mar 2024"], Texts(line.GetProperty("x")));
        Assert.Equal([1800.00m, 850.50m, 250.00m], Numbers(line));
        Assert.Equal(months.Skip(1).Select(row => (SalesFile.Written(row[0]), SalesFile.Number(row[1]))), Texts(line.GetProperty("x")).Zip(Numbers(line)));

        string[][] regions = await PublishedAsync(job, "region_wise_performance");
        JsonElement bar = await page.OptionAsync("#region_wise_performance");
        Assert.Equal(["North", "South", "East"], Texts(bar.GetProperty("x")));
        Assert.Equal(regions.Skip(1).Select(row => SalesFile.Number(row[1])), Numbers(bar));

        string[][] products = await PublishedAsync(job, "top_products");
        JsonElement top = await page.OptionAsync("#top_products");
        Assert.Equal(products.Skip(1).Select(row => (row[0], SalesFile.Number(row[1]))), Texts(top.GetProperty("y").ValueKind == JsonValueKind.Null ? top.GetProperty("x") : top.GetProperty("y")).Zip(Numbers(top)));

        // Category, month and the average discount, weighted by revenue: 0.1 of the laptops alone, 0 of what costs no less.
        JsonElement heat = await page.OptionAsync("#category_discount_map_by_month");
        string[] category = Texts(heat.GetProperty("y"));
        string[] month = Texts(heat.GetProperty("x"));
        Assert.Equal(
            [("Electronics", "Feb 2024", 0m), ("Electronics", "Jan 2024", 0.1m), ("Electronics", "Mar 2024", 0m), ("Home Appliance", "Feb 2024", 0.5m)],
            heat.GetProperty("series")[0].GetProperty("data").EnumerateArray().Select(cell => cell.GetProperty("value"))
                .Select(cell => (category[cell[1].GetInt32()], month[cell[0].GetInt32()], cell[2].GetDecimal())).Order());
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Progress_WhenAJobRuns_ThenMovesWithoutReload()
    {
        string file = dashboard.Server.Generate(Rows);
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");
        await page.Page.EvaluateAsync(
            """
            () => {
              window.seen = [];
              const look = () => {
                const rows = [...document.querySelectorAll('.facts div')].find((one) => one.firstChild.textContent === 'Rows');
                const stage = document.querySelector('#stage')?.textContent;
                const said = rows && stage && Number(rows.lastChild.textContent.replaceAll(',', ''));
                const last = window.seen.at(-1);
                if (said && (said !== last?.rows || stage !== last.stage)) window.seen.push({ stage, rows: said });
              };
              new MutationObserver(look).observe(document.getElementById('main'), { childList: true, subtree: true, characterData: true });
            }
            """);

        await page.Page.SetInputFilesAsync("#upload-file", file);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Upload and run" }).ClickAsync();
        await page.Page.WaitForSelectorAsync("text=Where the rows went");
        await page.ShownAsync();

        // A reload would have lost the list. The counts of each stage only rise, and never past what the file has.
        JsonElement seen = await page.Page.EvaluateAsync<JsonElement>("() => window.seen");
        (string Stage, long Rows)[] counts = [.. seen.EnumerateArray().Select(one => (one.GetProperty("stage").GetString()!, one.GetProperty("rows").GetInt64()))];
        Assert.True(counts.Length >= 2, $"the rows stood at {string.Join(", ", counts)}");
        foreach (IGrouping<string, long> stage in counts.GroupBy(one => one.Stage, one => one.Rows))
        {
            Assert.Equal(stage.Order(), stage);
            Assert.InRange(stage.Last(), 1, Rows);
        }

        string[][] books = await page.TableAsync("main table");
        JsonElement state = await dashboard.Server.GetAsync($"/status/{page.Page.Url.Split('/')[^1]}");
        JsonElement told = state.GetProperty("results").GetProperty("books").GetProperty("sales");
        Assert.Equal(["sales", .. new[] { "read", "accepted", "quarantined", "deduplicated", "filtered" }.Select(name => told.GetProperty(name).GetInt64().ToString("N0", System.Globalization.CultureInfo.InvariantCulture))], books[1]);
        Assert.Equal("300,000", books[1][1]);
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Upload_WhenTheFileLacksColumns_ThenSaysSoAndStartsNothing()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");

        await page.Page.SetInputFilesAsync("#upload-file", new FilePayload { Name = "wrong.csv", MimeType = "text/csv", Buffer = "a,b\n1,2\n"u8.ToArray() });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Upload and run" }).ClickAsync();
        string said = await page.Page.Locator("form [role=alert]").InnerTextAsync();

        Assert.Contains("order_id", said, StringComparison.Ordinal);
        Assert.EndsWith("/dashboard/", page.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Form_WhenAPipelineIsChosen_ThenAsksForWhatItReads()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");
        Assert.Equal("sales", await page.Page.InputValueAsync("#upload-pipeline"));

        await page.Page.SelectOptionAsync("#upload-pipeline", "orders");
        Assert.Equal([".csv", ".xml"], await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('form.drop input[type=file]')].map((one) => one.accept)"));

        await page.Page.SelectOptionAsync("#upload-pipeline", "content");
        Assert.Equal(0, await page.Page.Locator("form.drop input[type=file]").CountAsync());
        Assert.Equal("Run it", await page.Page.InnerTextAsync("form.drop button[type=submit]"));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Form_WhenFilesAreDropped_ThenEachGoesWhereItIsReadAndOthersAreNamed()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");

        Assert.Equal(["good.csv"], await DropAsync(page, "good.csv"));
        Assert.Equal(["good.csv"], await DropAsync(page, "other.json"));
        Assert.Equal("other.json was not taken: this pipeline reads one file that ends in .csv.", await page.Page.InnerTextAsync("form.drop .wrong"));

        await page.Page.SelectOptionAsync("#upload-pipeline", "orders");
        Assert.Equal(["people.csv", "bought.xml"], await DropAsync(page, "bought.xml", "people.csv"));
        Assert.Equal(0, await page.Page.Locator("form.drop .wrong").CountAsync());

        await page.Page.SelectOptionAsync("#upload-pipeline", "content");
        Assert.Empty(await DropAsync(page, "good.csv"));
        Assert.Equal("This pipeline asks its API; it takes no file.", await page.Page.InnerTextAsync("form.drop .wrong"));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Job_WhenItFails_ThenSaysWhyAndIsFoundAmongTheFailed()
    {
        // Its API wants a key, and the server was given none.
        await using DashboardPage page = await dashboard.OpenAsync(width: 400);
        await page.GoAsync("/dashboard/");
        await page.Page.SelectOptionAsync("#upload-pipeline", "customers");
        await page.Page.ClickAsync("form.drop button[type=submit]");
        await page.Page.WaitForSelectorAsync("text=Why it failed");
        await page.ShownAsync();

        Assert.Contains("CUSTOMERS_API_KEY", await page.Page.InnerTextAsync(".failure"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await page.GoAsync("/dashboard/jobs?status=failed");
        Assert.Contains((await page.TableAsync("main table")).Skip(1), row => row[1] == "customers" && row[2] == "failed");
        page.AssertQuiet(mayMiss: true);
    }

    [BrowserFact]
    public async Task Jobs_WhenListed_ThenTellTheRowsThatWereRead()
    {
        await dashboard.Server.UploadAsync("six.csv", SalesFile.Small);
        await using DashboardPage page = await dashboard.OpenAsync();

        await page.GoAsync("/dashboard/jobs");

        Assert.Contains((await page.TableAsync("main table")).Skip(1), row => row[0].StartsWith("six.csv", StringComparison.Ordinal) && row[4] == "6");
        page.AssertQuiet();
    }

    /// <summary>Uploads through the form, and waits until the job's report is there.</summary>
    /// <returns>The job.</returns>
    internal static async Task<string> UploadAsync(DashboardPage page, string name, string csv)
    {
        await page.Page.SetInputFilesAsync("#upload-file", new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Upload and run" }).ClickAsync();
        await page.Page.WaitForSelectorAsync("text=Where the rows went");
        await page.ShownAsync();
        return new Uri(page.Page.Url).Segments[^1];
    }

    /// <summary>Drops files on the form.</summary>
    /// <returns>The names of those that its fields have then, in their order.</returns>
    private static Task<string[]> DropAsync(DashboardPage page, params string[] names) => page.Page.EvaluateAsync<string[]>(
        """
        (names) => {
          const dataTransfer = new DataTransfer();
          for (const name of names) dataTransfer.items.add(new File(['x'], name));
          document.querySelector('form.drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
          return [...document.querySelectorAll('form.drop input[type=file]')].map((one) => one.files[0]?.name ?? '');
        }
        """,
        names);

    private async Task<string[][]> PublishedAsync(string job, string kpi) =>
        SalesFile.Fields(await dashboard.Server.Client.GetStringAsync($"/job-data/{job}/{kpi}.csv"));

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    private static decimal[] Numbers(JsonElement option) => [.. option.GetProperty("series")[0].GetProperty("data").EnumerateArray().Select(one => one.GetDecimal())];
}
