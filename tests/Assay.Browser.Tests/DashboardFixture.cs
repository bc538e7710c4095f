using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>A server with a browser before it, for all tests: each opens pages of its own.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public const string Name = "dashboard";

    private ServerProgram? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal ServerProgram Server => _server!;

    internal async Task<DashboardPage> OpenAsync(int width = 1360, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            AcceptDownloads = true,
        });
        return await DashboardPage.OpenAsync(context);
    }

    public async Task InitializeAsync()
    {
        // xunit makes the fixture even where every test is skipped.
        string? program = ChromiumProgram.Find();
        if (program is null && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 })
        {
            return;
        }

        Assert.True(program is not null, ChromiumProgram.Missing);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Root has no sandbox in containers; the pages are the server's own.
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage", "--disable-gpu"],
        });
        _server = await ServerProgram.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _server?.Dispose();
    }
}

/// <summary>Names the fixture.</summary>
[CollectionDefinition(DashboardFixture.Name)]
public sealed class DashboardTests : ICollectionFixture<DashboardFixture>;
