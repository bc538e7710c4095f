using System.Net;
using Microsoft.Playwright;

namespace Assay.Browser.Tests;

/// <summary>Addresses that lead nowhere, and a server that does not answer.</summary>
[Collection(DashboardFixture.Name)]
public sealed class MissingTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Page_WhenThereIsNone_ThenABrowserGetsAPageAndAProgramGetsProblemDetails()
    {
        await using DashboardPage page = await dashboard.OpenAsync();

        IResponse answer = (await page.Page.GotoAsync("/dashboard/nowhere/at/all"))!;
        await page.ShownAsync();

        Assert.Equal(404, answer.Status);
        Assert.Equal("There is no such page", await page.Page.InnerTextAsync("h1"));
        Assert.Equal("There is no such page · Assay", await page.Page.TitleAsync());
        await page.Page.ClickAsync("main >> text=To the overview");
        await page.Page.WaitForSelectorAsync("h1:text-is('Overview')");
        using HttpResponseMessage told = await dashboard.Server.Client.GetAsync("/dashboard/nowhere/at/all");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (told.StatusCode, told.Content.Headers.ContentType?.MediaType));
        page.AssertQuiet(mayMiss: true);
    }

    [BrowserFact]
    public async Task Job_WhenThereIsNone_ThenSaysSoAndLeadsOn()
    {
        await using DashboardPage page = await dashboard.OpenAsync();

        await page.GoAsync("/dashboard/jobs/01a1ff73-35b1-72c2-80d3-d8e49bb4a995");

        Assert.Equal(("Nothing is here", 2), (await page.Page.InnerTextAsync("h1"), await page.Page.Locator(".missing a.button").CountAsync()));
        page.AssertQuiet(mayMiss: true);
    }

    [BrowserFact]
    public async Task Jobs_WhenTheServerDoesNotAnswer_ThenSayItAndComeBackWithIt()
    {
        await dashboard.Server.UploadAsync("small.csv", SalesFile.Small);
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/jobs");

        await page.Page.Context.SetOfflineAsync(true);
        await page.Page.WaitForSelectorAsync(".lost");
        Assert.True(await page.Page.Locator("main tbody tr").CountAsync() > 0);

        await page.Page.Context.SetOfflineAsync(false);
        await page.Page.WaitForSelectorAsync(".lost", new() { State = WaitForSelectorState.Detached });
    }
}
