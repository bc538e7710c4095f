using System.Text;

namespace Assay.App.Tests.EndToEnd;

/// <summary>Two columns of a table may be made of one field, in every format, with and without stored rows.</summary>
public sealed class SharedFieldTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Theory]
    [InlineData("csv", "", "code,amount\nA-1,5\nA-2,x\nB-3,7\n", "")]
    [InlineData("csv", "", "code,amount\nA-1,5\nA-2,x\nB-3,7\n", "layers: [bronze, silver, gold]\n")]
    [InlineData("json", "", """[{"code":"A-1","amount":5},{"code":"A-2","amount":"x"},{"code":"B-3","amount":7}]""", "")]
    [InlineData("jsonl", "", "{\"code\":\"A-1\",\"amount\":5}\n{\"code\":\"A-2\",\"amount\":\"x\"}\n{\"code\":\"B-3\",\"amount\":7}\n", "")]
    [InlineData("xml", ", record: r", "<rs><r><code>A-1</code><amount>5</amount></r><r><code>A-2</code><amount>x</amount></r><r><code>B-3</code><amount>7</amount></r></rs>", "")]
    public void Run_WhenTwoColumnsAreOfOneField_ThenEachIsMadeOfIt(string format, string record, string content, string layers)
    {
        string input = _assay.Write("input." + format, Encoding.UTF8.GetBytes(content));
        string file = _assay.Write("pipeline.yaml", Encoding.UTF8.GetBytes($$"""
            pipeline: parts
            {{layers}}sources: { rows: { format: {{format}}, path: "{{input}}"{{record}} } }
            tables:
              rows:
                from: rows
                columns:
                  code: { type: string }
                  series: { type: string, field: code, clean: [lower] }
                  amount: { type: integer, required: true }
                  entered: { type: string, field: amount }
            kpis: { parts: { from: rows, group_by: [code, series, entered], measures: { amount: sum(amount) }, order_by: [code] } }
            """));

        ProgramResult result = _assay.Run("run", file, "-q");

        Assert.Equal((0, "", ""), (result.ExitCode, result.Text, string.Join('\n', result.Errors)));
        Assert.Equal(
            "code,series,entered,amount\nA-1,a-1,5,5\nB-3,b-3,7,7\n",
            File.ReadAllText(Path.Combine(_assay.Home, "gold", "parts", "current", "parts.csv")));
    }
}
