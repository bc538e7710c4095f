using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.Refine;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Decoding;

/// <summary>Names trimmed, mapped or put in title case: the refiner, and the same done to every row's string.</summary>
public class NameBenchmark
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["laptop pro"] = "Laptop Pro 15",
        ["smartfone x"] = "Smartphone X",
        ["4ktv"] = "4K LED TV",
        ["blenderpro"] = "Blender Pro",
    };

    private readonly Refiner _refiner = new(CleaningPlan.Create(Table()), new TextPool());
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly FieldBatch _fields = SampleFields.Batch(SampleFields.ProductNames());

    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFields.Rows)]
    public int EveryRow()
    {
        int sum = 0;
        for (int row = 0; row < _fields.Count; row++)
        {
            string text = Encoding.UTF8.GetString(_fields.Field(0, row)).Trim().ToLowerInvariant();
            string name = Names.TryGetValue(text, out string? mapped) ? mapped : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text);
            if (!_codes.TryGetValue(name, out int code))
            {
                code = _codes.Count;
                _codes.Add(name, code);
            }

            sum += code;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFields.Rows)]
    public int Refiner() => _refiner.Refine(_fields).Rows.Column(0).Values.Length;

    private static TableDefinition Table() => new()
    {
        Name = "sample",
        From = "sample",
        Columns = [ColumnToDecode.Of(ColumnType.String) with { Clean = [Rule("trim"), Rule("title_case"), Rule("map")] }],
    };

    private static CleaningRule Rule(string name)
    {
        var maps = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["names"] = Names };
        RuleArgument argument = name == "map" ? new RuleArgument { Text = "names" } : RuleArgument.None;
        return CleaningRuleCatalog.Default.Create(name, argument, maps, out RuleProblem? problem)
            ?? throw new InvalidOperationException(problem?.ToString());
    }
}
