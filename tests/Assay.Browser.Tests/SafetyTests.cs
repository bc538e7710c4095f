using System.Text.Json;

namespace Assay.Browser.Tests;

/// <summary>What comes from data is text, wherever it is shown.</summary>
[Collection(DashboardFixture.Name)]
public sealed class SafetyTests(DashboardFixture dashboard)
{
    private const string FileName = "<img src=x onerror=alert(9)>\"'<script>alert(8).csv";

    [BrowserFact]
    public async Task Pages_WhenNamesAreMarkup_ThenShowItAndDoNothing()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");
        string job = await UploadTests.UploadAsync(page, FileName, SalesFile.Hostile);
        string label = (await dashboard.Server.GetAsync($"/status/{job}")).GetProperty("filename").GetString()!;
        Assert.Contains("<script>", label, StringComparison.Ordinal);
        Assert.Equal(label, await page.Page.InnerTextAsync("h1"));
        JsonElement run = await dashboard.Server.GetAsync($"/dashboard/data/jobs/{job}/run");
        string[] addresses =
        [
            "/dashboard/", "/dashboard/jobs", $"/dashboard/jobs/{job}", $"/dashboard/pipelines/sales?job={job}", $"/dashboard/runs/{run.GetProperty("run_id").GetString()}",
            "/dashboard/quality?pipeline=sales", "/dashboard/quarantine", $"/dashboard/quarantine/{run.GetProperty("run_id").GetString()}",
            "/dashboard/pipelines/%3Cscript%3Ealert(7)%3C%2Fscript%3E", $"/dashboard-view/{job}", $"/job-dashboard/{job}",
        ];

        foreach (string address in addresses)
        {
            await page.Page.GotoAsync(address);
            await page.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            string[] injected = await page.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('#injected, img:not([src^="/dashboard/assets/"]), main script, [onerror], [onload], [onmouseover], svg[onload], script:not([src])')]
                  .map((one) => one.outerHTML)
                """);
            Assert.Equal((address, 0), (address, injected.Length));
        }

        await page.GoAsync($"/dashboard/pipelines/sales?job={job}");
        Assert.Contains((await page.TableAsync("#top_products table")).Skip(1), row => row[0].Contains("<script>", StringComparison.OrdinalIgnoreCase));

        // One address names a pipeline that there is none of; no dialog came up, and the content policy had nothing to stop.
        page.AssertQuiet(mayMiss: true);
    }
}
