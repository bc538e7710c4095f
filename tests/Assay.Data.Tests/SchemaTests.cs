namespace Assay.Data.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void IndexOf_WhenNamesDifferInCase_ThenExact()
    {
        var schema = new Schema([new Column("a", ColumnType.Integer), new Column("A", ColumnType.String)]);
        Assert.Equal((0, 1, -1), (schema.IndexOf("a"), schema.IndexOf("A"), schema.IndexOf("b")));
    }

    [Fact]
    public void New_WhenANameIsThereTwice_ThenSaysWhich()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new Schema([new Column("a", ColumnType.Integer), new Column("a", ColumnType.String)]));
        Assert.StartsWith("Column 'a' is there twice.", exception.Message);
    }
}
