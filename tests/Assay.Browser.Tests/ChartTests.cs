using System.Text.Json;

namespace Assay.Browser.Tests;

/// <summary>What charts draw where: nothing is cut off, and nothing lies over something else.</summary>
[Collection(DashboardFixture.Name)]
public sealed class ChartTests(DashboardFixture dashboard)
{
    private const string LongNames = SalesFile.Header
        + "L-1,Wireless Headphones,Electronics,2,1000.00,0.1,North,2024-01-15,\n"
        + "L-2,Kamala Hoffman's Wheelbarrow,Electronics,1,700.50,0,South,2024-02-01,\n"
        + "L-3,Wooden Hammer and Workbench,Home Appliance,3,100,0.5,North,2024-02-20,\n"
        + "L-4,Blender Pro,Electronics,1,250,0,East,2024-03-05,\n";

    [BrowserFact]
    public async Task Names_WhenTheyStandBesideBars_ThenAreDrawnWhole()
    {
        string job = (await dashboard.Server.UploadAsync("names.csv", LongNames)).GetProperty("job_id").GetString()!;
        foreach (int width in new[] { 1360, 400 })
        {
            await using DashboardPage page = await dashboard.OpenAsync(width);
            await page.GoAsync($"/dashboard/pipelines/sales?job={job}");

            string[] cut = await page.Page.EvaluateAsync<string[]>(
                """
                async () => {
                  const echarts = await import('/dashboard/assets/echarts.esm.min.js');
                  return [...document.querySelectorAll('.chart')].flatMap((one) => {
                    const drawn = echarts.getInstanceByDom(one).getZr();
                    return drawn.storage.getDisplayList(true).filter((text) => text.type === 'tspan' && text.style.text).filter((text) => {
                      const place = text.getBoundingRect().clone();
                      if (text.transform) place.applyTransform(text.transform);
                      return place.x < 0 || place.x + place.width > drawn.getWidth();
                    }).map((text) => text.style.text);
                  });
                }
                """);

            Assert.Equal((width, ""), (width, string.Join("; ", cut)));
            page.AssertQuiet();
        }
    }

    [BrowserFact]
    public async Task Legend_WhenItTakesSeveralLines_ThenTheChartBeginsBelowIt()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");
        foreach (int width in new[] { 660, 520, 330, 180 })
        {
            JsonElement places = await page.Page.EvaluateAsync<JsonElement>(
                """
                async (width) => {
                  const echarts = await import('/dashboard/assets/echarts.esm.min.js');
                  const { seriesOption, chart } = await import('/dashboard/assets/charts.js');
                  const names = ['Customers', 'Customers and orders', 'Sales, cleaned and measured', 'Users, posts and comments'];
                  const drawn = chart(seriesOption('line', names.map((of, i) => ({ of, name: of, short: `${i}`, value: i })), String), 'x', 300);
                  drawn.element.style.width = `${width}px`;
                  document.body.append(drawn.element);
                  await new Promise((done) => { const wait = () => drawn.instance ? done() : requestAnimationFrame(wait); wait(); });
                  const texts = drawn.instance.getZr().storage.getDisplayList(true).filter((text) => text.type === 'tspan' && names.includes(text.style.text)).map((text) => {
                    const place = text.getBoundingRect().clone();
                    if (text.transform) place.applyTransform(text.transform);
                    return place.y + place.height;
                  });
                  const grid = drawn.instance.getModel().getComponent('grid').coordinateSystem.getRect().y;
                  drawn.element.remove();
                  drawn.dispose();
                  return { texts, grid };
                }
                """,
                width);

            double[] ends = [.. places.GetProperty("texts").EnumerateArray().Select(one => one.GetDouble())];
            Assert.Equal((width, 4), (width, ends.Length));
            Assert.InRange(ends.Max(), 0, places.GetProperty("grid").GetDouble());
        }

        page.AssertQuiet();
    }

    [BrowserFact]
    public async Task Line_WhenMonthsHaveNoRows_ThenTheyKeepTheirPlace()
    {
        await using DashboardPage page = await dashboard.OpenAsync();
        await page.GoAsync("/dashboard/");

        JsonElement line = await page.Page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const { panelOption } = await import('/dashboard/assets/charts.js');
              const { Format } = await import('/dashboard/assets/format.js');
              const month = { name: 'month', type: 'month', index: 0 };
              const revenue = { name: 'revenue', type: 'decimal', index: 1 };
              const drawn = panelOption('line', [month], revenue, [['2024-11', '1'], ['2025-02', '2'], ['9025-02', '3']], new Format({ locale: 'en-GB' }))({}, 800);
              return { names: drawn.xAxis.data, values: drawn.series[0].data };
            }
            """);

        // The slip in the last year stretches nothing.
        Assert.Equal(["Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025", "Feb 9025"], line.GetProperty("names").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("[1,null,null,2,3]", line.GetProperty("values").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        page.AssertQuiet();
    }
}
