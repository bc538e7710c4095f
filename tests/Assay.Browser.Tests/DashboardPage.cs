using System.Text.Json;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>A page of the browser that notes what must never happen: errors, dialogs, breaches of the content policy.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private DashboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complain($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Complain($"error: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Complain($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public static async Task<DashboardPage> OpenAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))");
        context.SetDefaultTimeout(30_000);
        return new DashboardPage(context, await context.NewPageAsync());
    }

    /// <summary>Goes to an address and waits until what it shows is there.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ShownAsync();
    }

    /// <summary>Waits until the page has its heading, waits for nothing, and has drawn its charts.</summary>
    public async Task ShownAsync()
    {
        await Page.WaitForSelectorAsync("main h1, main .failure");
        await Page.WaitForFunctionAsync(
            "() => !document.querySelector('main .loading, [aria-busy=true]') && [...document.querySelectorAll('.chart')].every((one) => one.querySelector('canvas'))");
    }

    /// <summary>The option that ECharts draws a panel from.</summary>
    /// <param name="selector">The panel.</param>
    public async Task<JsonElement> OptionAsync(string selector) => await Page.EvaluateAsync<JsonElement>(
        """
        async (selector) => {
          const echarts = await import('/dashboard/assets/echarts.esm.min.js');
          const option = echarts.getInstanceByDom(document.querySelector(`${selector} .chart`)).getOption();
          return JSON.parse(JSON.stringify({ x: option.xAxis?.[0]?.data ?? null, y: option.yAxis?.[0]?.data ?? null, series: option.series.map((one) => ({ type: one.type, data: one.data })) }));
        }
        """,
        selector);

    /// <summary>The texts of a table's cells, row by row, the head first.</summary>
    public Task<string[][]> TableAsync(string selector) => Page.EvaluateAsync<string[][]>(
        "(selector) => [...document.querySelector(selector).querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent))", selector);

    /// <summary>Fails when something happened that must not.</summary>
    /// <param name="mayMiss">Whether an address that is not there may have been asked for, which browsers note as an error.</param>
    public void AssertQuiet(bool mayMiss = false)
    {
        lock (_complaints)
        {
            Assert.Equal([], _complaints.Where(one => !mayMiss || !one.Contains("status of 404", StringComparison.Ordinal)));
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Complain(string what)
    {
        lock (_complaints)
        {
            _complaints.Add(what);
        }
    }
}
