using Assay.Data;

namespace Assay.Store.Tests.Engines;

/// <summary>What MySQL and MariaDB would cut or bend to fit is refused.</summary>
[NeedsServer(EngineKind.MySql)]
public sealed class MySqlLimitTests : IDisposable
{
    private readonly Lazy<MySqlDatabase> _database = new(() => new MySqlDatabase());

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    [EngineFact]
    public void Key_WhenItsTextIsTooLong_ThenNamesColumnAndLimit()
    {
        using EngineSession session = Engine.Create(_database.Value.Options).Open("shop");
        session.SetUp([ServerRows.Orders], []);
        TableStage stage = session.Stage(ServerRows.Orders, EngineRows.SchemaOf(ServerRows.Orders));
        using RowWriter writer = stage.OpenWriter();

        // Characters count, not bytes or UTF-16's halves.
        writer.Add(EngineRows.Batch(stage.Columns, [string.Concat(Enumerable.Repeat("😀", 255)), (Int128)1]));
        EngineException e = Assert.Throws<EngineException>(
            () => writer.Add(EngineRows.Batch(stage.Columns, [new string('ä', 256), (Int128)1])));

        Assert.Contains("column 'order_id' has a text of more than 255 characters", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, writer.Complete());
    }

    [EngineFact]
    public void Value_WhenItDoesNotFit_ThenIsRefusedThoughLoadDataWouldBendIt()
    {
        using EngineSession session = Engine.Create(_database.Value.Options).Open("shop");
        session.SetUp([ServerRows.Orders], []);
        TableStage stage = session.Stage(ServerRows.Orders, EngineRows.SchemaOf(ServerRows.Orders));
        using RowWriter writer = stage.OpenWriter();
        writer.Add(EngineRows.Batch(stage.Columns, ["a", Decimals.PowerOfTen(12)]));

        EngineException e = Assert.Throws<EngineException>(() => writer.Complete());

        Assert.Contains("the database does not hold a value as it is: Out of range value for column 'total' at row 1", e.Message, StringComparison.Ordinal);
    }
}
