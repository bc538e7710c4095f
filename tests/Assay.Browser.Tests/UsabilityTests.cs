using System.Text.Json;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>The pages can be used by keyboard, by ear, and on a telephone.</summary>
[Collection(DashboardFixture.Name)]
public sealed class UsabilityTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Keyboard_WhenTabIsPressed_ThenReachesTheFiltersAndSetsThem()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync(Pipeline(await JobAsync()));

        var reached = new List<string>();
        for (int i = 0; i < 40 && (reached.Count == 0 || reached[^1] != "SUMMARY"); i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            // Focus that cannot be seen is none.
            string[] at = await page.Page.EvaluateAsync<string[]>(
                "() => { const one = document.activeElement; return [one.tagName, one.className || one.name || one.textContent.trim(), getComputedStyle(one).outlineStyle]; }");
            Assert.NotEqual((at[1], "none"), (at[1], at[2]));
            reached.Add(at[0] == "SUMMARY" ? at[0] : at[1]);
        }

        Assert.Equal("skip", reached[0]);
        Assert.Contains("period.first", reached);
        Assert.Equal("SUMMARY", reached[^1]);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.WaitForFunctionAsync("() => location.search.includes('region=')");
        await page.ShownAsync();

        // Whoever chose one goes on to the next: the focus is still in the list.
        Assert.Equal("region", await page.Page.EvaluateAsync<string>("() => document.activeElement.name"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("SUMMARY", await page.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        Assert.Equal(0, await page.Page.Locator(".choose[open]").CountAsync());
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Pages_WhenNarrow_ThenDoNotScrollSideways()
    {
        await using DashboardPage page = await dashboard.OpenAsync(width: 400);
        foreach (string address in await AddressesAsync())
        {
            await page.GoAsync(address);
            Assert.Equal((address, 0), (address, await page.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)")));
        }

        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Pages_WhenReadAloud_ThenHaveNamesForEverything()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        foreach (string address in await AddressesAsync())
        {
            await page.GoAsync(address);
            string[] nameless = await page.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const faults = [];
                  const name = (one) => one.getAttribute('aria-label') || document.getElementById(one.getAttribute('aria-labelledby'))?.textContent || '';
                  for (const one of document.querySelectorAll('input, select')) if (!name(one) && ![...one.labels].some((label) => label.textContent.trim())) faults.push(one);
                  for (const one of document.querySelectorAll('button, a[href], summary')) if (!name(one) && !one.textContent.trim()) faults.push(one);
                  for (const one of document.querySelectorAll('table')) if (!one.caption?.textContent.trim() || [...one.querySelectorAll('thead th')].some((cell) => cell.scope !== 'col')) faults.push(one);
                  for (const one of document.querySelectorAll('.chart')) if (one.getAttribute('role') !== 'img' || !name(one)) faults.push(one);
                  for (const one of document.querySelectorAll('.chart')) if (!one.closest('.card').querySelector('table')) faults.push(one);
                  for (const one of document.querySelectorAll('img:not([alt]), progress:not([aria-label]), fieldset:not(:has(legend))')) faults.push(one);
                  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
                  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push(document.getElementById(id));
                  return [...faults.map((one) => one.outerHTML.slice(0, 150)), ...(document.querySelectorAll('h1').length === 1 ? [] : ['h1'])];
                }
                """);
            Assert.Equal([], nameless.Select(fault => $"{address}: {fault}"));
            Assert.EndsWith(" · Assay", await page.Page.TitleAsync(), StringComparison.Ordinal);
        }

        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Theme_WhenSwitched_ThenIsKeptAndChartsFollow()
    {
        await using DashboardPage page = await dashboard.OpenAsync(scheme: ColorScheme.Light);
        await page.GoAsync(Pipeline(await JobAsync()));
        string light = await BackgroundAsync(page);

        await page.Page.ClickAsync("#theme");
        await page.Page.ReloadAsync();
        await page.ShownAsync();

        Assert.Equal("dark", await page.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
        Assert.NotEqual(light, await BackgroundAsync(page));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Theme_WhenPrinted_ThenIsLightWhateverTheScreenIs()
    {
        await using DashboardPage page = await dashboard.OpenAsync(scheme: ColorScheme.Dark);
        await page.GoAsync("/dashboard/");
        Assert.NotEqual("rgb(255, 255, 255)", await BackgroundAsync(page));

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await BackgroundAsync(page));
        Assert.Equal("rgb(28, 36, 34)", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h1')).color"));
        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Moments_WhenThePageStaysOpen_ThenGrowOld()
    {
        string job = await JobAsync();
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.Page.Clock.InstallAsync();
        await page.GoAsync($"/dashboard/jobs/{job}");
        Assert.Equal("just now", await page.Page.Locator(".facts time").First.InnerTextAsync());

        await page.Page.Clock.FastForwardAsync(180_000);

        Assert.Equal("3 minutes ago", await page.Page.Locator(".facts time").First.InnerTextAsync());
        page.AssertQuiet();
    }

    private static Task<string> BackgroundAsync(DashboardPage page) => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static string Pipeline(string job) => $"/dashboard/pipelines/sales?job={job}";

    private async Task<string> JobAsync() => (await dashboard.Server.UploadAsync("small.csv", SalesFile.Small)).GetProperty("job_id").GetString()!;

    private async Task<string[]> AddressesAsync()
    {
        string job = await JobAsync();
        JsonElement run = await dashboard.Server.GetAsync($"/dashboard/data/jobs/{job}/run");
        string id = run.GetProperty("run_id").GetString()!;
        return
        [
            "/dashboard/", "/dashboard/jobs", $"/dashboard/jobs/{job}", Pipeline(job), $"{Pipeline(job)}&region=North", $"/dashboard/runs/{id}",
            "/dashboard/quality?pipeline=sales", "/dashboard/quarantine", $"/dashboard/quarantine/{id}",
        ];
    }
}
