using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>Rows that were set aside are looked at, exported, repaired and loaded.</summary>
[Collection(DashboardFixture.Name)]
public sealed class RepairTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Quarantine_WhenACodeIsChosen_ThenShowsItsRowsOnly()
    {
        JsonElement job = await dashboard.Server.UploadAsync("small.csv", SalesFile.Small);
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/quarantine/{await RunOfAsync(job)}");
        Assert.Equal(["quantity", "sale_date"], (await page.TableAsync("main table")).Skip(1).Select(row => row[1]));

        await page.Page.SelectOptionAsync("#code", "not_between");
        await page.Page.WaitForFunctionAsync("() => location.search === '?code=not_between' && document.querySelectorAll('main tbody tr').length === 1");

        string[] row = Assert.Single((await page.TableAsync("main table")).Skip(1));
        Assert.Equal(("quantity", "-1", "not between"), (row[1], row[2], row[3]));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Repair_WhenARowOfTheExportIsMendedAndLoaded_ThenTheResultsChange()
    {
        JsonElement job = await dashboard.Server.UploadAsync("small.csv", SalesFile.Small);
        string run = await RunOfAsync(job);
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/quarantine/{run}");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Export to repair" }).ClickAsync());
        string[][] rows = SalesFile.Fields(await File.ReadAllTextAsync(await download.PathAsync()));
        Assert.Equal(["A-5", "A-6"], rows.Skip(1).Select(row => row[0]));
        rows[1][Array.IndexOf(rows[0], "quantity")] = "1";
        await page.Page.SetInputFilesAsync("#repaired", new FilePayload { Name = "mended.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(SalesFile.Csv(rows)) });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Load them" }).ClickAsync();
        await page.Page.WaitForSelectorAsync("text=Where the rows went");
        await page.ShownAsync();
        Assert.Equal("mended.csv", await page.Page.InnerTextAsync("h1"));
        Assert.Equal("completed", await page.Page.InnerTextAsync(".facts .badge"));

        // The office chair's 200 are March's, and the West's; the row without a date still waits.
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "See the charts" }).ClickAsync();
        await page.Page.WaitForSelectorAsync(".panel-line canvas");
        await page.ShownAsync();
        Assert.Equal(["₹1,800.00", "₹850.50", "₹450.00"], (await page.TableAsync("#monthly_sales_summary table")).Skip(1).Select(row => row[1]));
        Assert.Contains((await page.TableAsync("#region_wise_performance table")).Skip(1), row => row[0] == "West" && row[1] == "₹200.00");

        // The first job's figures stay what it published; they say so, and lead to the later ones, which can be narrowed.
        string first = job.GetProperty("job_id").GetString()!;
        await page.GoAsync($"/dashboard/pipelines/sales?job={first}&region=West");
        Assert.Equal(["₹1,800.00", "₹850.50", "₹250.00"], (await page.TableAsync("#monthly_sales_summary table")).Skip(1).Select(row => row[1]));
        Assert.Contains("Repaired rows were loaded since, by mended.csv", await page.Page.InnerTextAsync(".note"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("form.filters").CountAsync());
        await page.Page.ClickAsync("text=see them with the repaired rows");
        await page.Page.WaitForSelectorAsync("form.filters");
        await page.ShownAsync();
        Assert.Equal("₹450.00", (await page.TableAsync("#monthly_sales_summary table"))[3][1]);
        await page.GoAsync($"/dashboard/quarantine/{run}");
        await page.GoAsync("/dashboard/quarantine");
        Assert.Contains((await page.TableAsync("main table")).Skip(1), row => row[0] == run && row[3] == "2all loaded again");
        page.AssertQuiet();
    }

    private async Task<string> RunOfAsync(JsonElement job)
    {
        JsonElement page = await dashboard.Server.GetAsync($"/dashboard/data/jobs/{job.GetProperty("job_id").GetString()}/run");
        return page.GetProperty("run_id").GetString()!;
    }
}
