using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>Results are narrowed by the reader, and saved.</summary>
[Collection(DashboardFixture.Name)]
public sealed class ResultTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Filters_WhenARegionAndAPeriodAreChosen_ThenEveryPanelShowsWhatTheServerComputes()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/pipelines/sales?job={job}");

        await page.Page.ClickAsync("fieldset:has(legend:text-is('Region')) summary");
        await page.Page.CheckAsync("input[name=region][value=North]");
        await page.Page.WaitForFunctionAsync("() => location.search.includes('region=North')");
        await page.ShownAsync();
        await page.Page.FillAsync("input[name='period.first']", "2024-02-01");
        await page.Page.WaitForFunctionAsync("() => location.search.includes('period=2024-02-01..')");
        await page.ShownAsync();

        // Of the four good rows one is left: three blenders at half the price.
        JsonElement answer = await dashboard.Server.GetAsync($"/dashboard/data/pipelines/sales?job={job}&region=North&period=2024-02-01..");
        JsonElement months = Panel(answer, "monthly_sales_summary");
        Assert.Equal("[[\"2024-02\",\"150.00\",\"3\",\"0.500000\"]]", months.GetProperty("rows").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["Feb 2024", "₹150.00", "3", "50%"], (await page.TableAsync("#monthly_sales_summary table"))[1]);
        JsonElement line = await page.OptionAsync("#monthly_sales_summary");
        Assert.Equal(150.00m, Assert.Single(line.GetProperty("series")[0].GetProperty("data").EnumerateArray()).GetDecimal());
        foreach (string panel in new[] { "monthly_sales_summary", "region_wise_performance", "top_products", "category_discount_map_by_month" })
        {
            string[][] shown = await page.TableAsync($"#{panel} table");
            Assert.Equal(
                Panel(answer, panel).GetProperty("rows").EnumerateArray().Select(row => SalesFile.Written(row[0].GetString()!)), shown.Skip(1).Select(row => row[0]));
        }

        // The address alone brings the same back.
        await page.Page.ReloadAsync();
        await page.ShownAsync();
        Assert.True(await page.Page.IsCheckedAsync("input[name=region][value=North]"));
        Assert.Equal(["Feb 2024", "₹150.00", "3", "50%"], (await page.TableAsync("#monthly_sales_summary table"))[1]);

        await page.Page.ClickAsync("text=Show everything");
        await page.Page.WaitForFunctionAsync("() => !location.search.includes('region')");
        await page.ShownAsync();
        Assert.Equal(["Jan 2024", "Feb 2024", "Mar 2024"], (await page.TableAsync("#monthly_sales_summary table")).Skip(1).Select(row => row[0]));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Filters_WhenNothingPasses_ThenSaySo()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();

        await page.GoAsync($"/dashboard/pipelines/sales?job={job}&period=2030-01-01..2030-01-31");

        Assert.Equal("No rows pass", await page.Page.InnerTextAsync("#monthly_sales_summary .empty h2"));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Csv_WhenSaved_ThenHoldsWhatWasPublished()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/pipelines/sales?job={job}");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("#monthly_sales_summary button:text-is('CSV')"));

        Assert.Equal("monthly_sales_summary.csv", download.SuggestedFilename);
        string saved = await File.ReadAllTextAsync(await download.PathAsync());
        string published = await dashboard.Server.Client.GetStringAsync($"/job-data/{job}/monthly_sales_summary.csv");
        Assert.Equal(SalesFile.Fields(published), SalesFile.Fields(saved));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Png_WhenSaved_ThenIsThePictureOfTheChartAtTwiceItsSize()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/pipelines/sales?job={job}");
        double width = await page.Page.EvaluateAsync<double>("() => document.querySelector('#monthly_sales_summary .chart').clientWidth");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("#monthly_sales_summary button:text-is('PNG')"));

        Assert.Equal("monthly_sales_summary.png", download.SuggestedFilename);
        byte[] png = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((int)width * 2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(640, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Download_WhenAFileOfAJobIsChosen_ThenIsTheJobsFile()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync($"/dashboard/jobs/{job}");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Everything (zip)" }).ClickAsync());

        using System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.OpenRead(await download.PathAsync());
        using var reader = new StreamReader(zip.Entries.Single(entry => entry.Name == "monthly_sales_summary.csv").Open());
        Assert.Equal(await dashboard.Server.Client.GetStringAsync($"/job-data/{job}/monthly_sales_summary.csv"), await reader.ReadToEndAsync());
        page.AssertQuiet();
    }

    private static JsonElement Panel(JsonElement answer, string name) =>
        answer.GetProperty("panels").EnumerateArray().Single(panel => panel.GetProperty("name").GetString() == name);

    private async Task<string> JobAsync() => (await dashboard.Server.UploadAsync("small.csv", SalesFile.Small)).GetProperty("job_id").GetString()!;
}
