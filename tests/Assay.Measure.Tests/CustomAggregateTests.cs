using System.Numerics;
using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests;

public sealed class CustomAggregateTests
{
    private static readonly AggregateCatalog Catalog = new AggregateCatalog()
        .Register("product_of", type => type.Kind == ColumnKind.Integer ? ColumnType.Integer : null, _ => new Product())
        .Register("longest", type => type.Kind == ColumnKind.String ? ColumnType.String : null, _ => new Longest())
        .Register("wrong", _ => ColumnType.Integer, _ => new Longest());

    [Fact]
    public void Results_WhenAnAggregateIsRegistered_ThenMeasuresHavingAndSummaryUseItByName()
    {
        KpiDefinition kpi = Kpi(Engine.Named("p", "product_of(quantity)"), Engine.Named("half", "product_of(quantity) / 2", 1)) with
        {
            GroupBy = [Engine.Named("region", "region")],
            Having = ExpressionParser.Parse("product_of(quantity) > 1"),
            Summary = [Engine.Named("all", "product_of(p)"), Engine.Named("name", "longest(region)")],
        };
        Row[] rows = [Sample.Of(1, "a", 2), Sample.Of(2, "a", 3), Sample.Of(3, "a"), Sample.Of(4, "bb", 5), Sample.Of(5, "ccc", 1)];

        KpiResult result = Engine.Run(kpi, rows, 2);

        Assert.Equal("a | 6 | 3.0\nbb | 5 | 2.5", Engine.Show(result));
        Assert.Equal("all 30, name bb", Engine.ShowTotals(result.Totals));
    }

    [Fact]
    public void Results_WhenSharedOutOverWorkers_ThenAreTheSame()
    {
        for (int round = 0; round < 40; round++)
        {
            var random = new Random(round);
            List<Row> rows = Sample.Rows(random, random.Next(150));
            KpiDefinition kpi = Kpi(Engine.Named("l", "longest(product)"), Engine.Named("n", "longest(region || 'x')")) with { GroupBy = [Engine.Named("day", "day")] };

            string expected = Engine.Show(Engine.Run(kpi, rows));

            Assert.Equal(expected, Engine.Show(Engine.Run(kpi, rows, new MeasureInputs(), 3, random)));
            Assert.Equal(rows.Select(row => row["day"]).Distinct().Count(), expected.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    [Fact]
    public void Results_WhenThereIsNoValue_ThenAreThoseOfAnEmptyState() =>
        Assert.Equal("1 | null", Engine.Show(Engine.Run(Kpi(Engine.Named("p", "product_of(quantity)"), Engine.Named("l", "longest(region)")), [Sample.Of(1)])));

    [Fact]
    public void Create_WhenTheArgumentIsOfAnotherType_ThenTheErrorTellsWhere()
    {
        var error = Assert.Throws<KpiException>(() => KpiPlan.Create(Kpi(Engine.Named("p", "1 + product_of(region)")), Sample.Schema));

        Assert.Equal(("`product_of` does not take string", 15), (error.Message, error.Position));
    }

    [Fact]
    public void Results_WhenAnAggregateGivesAnotherType_ThenTheRunSaysSo() =>
        Assert.Equal(
            "The aggregate `wrong` declares results of type integer, and gave a String.",
            Assert.Throws<InvalidOperationException>(() => Engine.Run(Kpi(Engine.Named("p", "wrong(region)")), [Sample.Of(1, "a")])).Message);

    [Theory]
    [InlineData("sum", "`sum` has a meaning in expressions already. (Parameter 'name')")]
    [InlineData("lower", "`lower` has a meaning in expressions already. (Parameter 'name')")]
    [InlineData("first", "`first` has a meaning in expressions already. (Parameter 'name')")]
    [InlineData("case", "`case` has a meaning in expressions already. (Parameter 'name')")]
    [InlineData("Mean", "`Mean` cannot name an aggregate: use a-z, 0-9 and `_`. (Parameter 'name')")]
    [InlineData("", "`` cannot name an aggregate: use a-z, 0-9 and `_`. (Parameter 'name')")]
    [InlineData("longest", "The aggregate `longest` is registered already. (Parameter 'name')")]
    public void Register_WhenTheNameIsTakenOrNone_ThenIsRefused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Catalog.Register(name, type => type, _ => new Product())).Message);

    [Fact]
    public void Empty_WhenRegisteredWith_ThenIsRefused() =>
        Assert.Throws<InvalidOperationException>(() => AggregateCatalog.Empty.Register("x", type => type, _ => new Product()));

    private static KpiDefinition Kpi(params NamedExpression[] measures) => Engine.Kpi(measures) with { Aggregates = Catalog };

    private sealed class Product : ICustomAggregate
    {
        private BigInteger _product = BigInteger.One;

        public void Add(AggregateValue value) => _product *= value.Units;

        public void Merge(ICustomAggregate other) => _product *= ((Product)other)._product;

        public object? Result() => (Int128)_product;
    }

    private sealed class Longest : ICustomAggregate
    {
        private string? _longest;

        public void Add(AggregateValue value) => Offer(value.Text());

        public void Merge(ICustomAggregate other) => Offer(((Longest)other)._longest);

        public object? Result() => _longest;

        /// <summary>The longer one, of two as long the first by code unit.</summary>
        private void Offer(string? text)
        {
            if (text is not null && (_longest is null || text.Length > _longest.Length
                || (text.Length == _longest.Length && string.CompareOrdinal(text, _longest) < 0)))
            {
                _longest = text;
            }
        }
    }
}
