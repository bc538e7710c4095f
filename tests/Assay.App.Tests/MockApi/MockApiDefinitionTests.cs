using Assay.App.MockApi;

namespace Assay.App.Tests.MockApi;

/// <summary>What is said of a <c>mock-api.yaml</c> that is wrong.</summary>
public sealed class MockApiDefinitionTests : IDisposable
{
    private readonly MockApiFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("  people: { dataset: persons }", "5:22: unknown dataset `persons`; known are people, notes")]
    [InlineData("  people: { datasett: people }", "5:13: unknown key `datasett`, did you mean `dataset`?")]
    [InlineData("  people: { paging: pages }", "5:21: unknown style `pages`; known are none, page_number, offset, cursor, header_link, json_link")]
    [InlineData("  people: { paging: { size: 5 } }", "5:21: `paging` needs `style`; it is one of none, page_number, offset, cursor, header_link, json_link")]
    [InlineData("  people: { paging: { style: offset, first_page: 1 } }", "5:38: unknown key `first_page`; known are style, offset_param, size_param, size")]
    [InlineData("  people: { paging: { style: cursor, size: 0 } }", "5:44: `size` must be from 1 to 100000")]
    [InlineData("  people: { envelope: { data: \"{record}\" } }", "5:31: unknown value `{record}`, did you mean `{records}`?")]
    [InlineData("  people: { envelope: { total: \"{total}\" } }", "5:23: `envelope` needs \"{records}\" exactly once; write for example `data: \"{records}\"`")]
    [InlineData("  people: { incremental: { cursor_path: at } }", "5:26: `incremental` needs `start_param`")]
    [InlineData("  people: { incremental: { cursor_path: a.b, start_param: since } }", "5:41: `a.b` cannot be the cursor; it is the name of a field at the top level of the records")]
    [InlineData("  people: { nested: { note: personId } }", "5:23: unknown resource `note`; known are people")]
    [InlineData("  people/1: { dataset: people }", "5:3: `people/1` cannot be the name of a resource; use letters, digits, `_`, `-` and `.`")]
    [InlineData("  {}", "5:3: `resources` needs 1 to 100 resources")]
    public void File_WhenSomethingIsWrong_ThenSaysWhatAndWhere(string resources, string expected)
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() => _folder.Api(resources));

        Assert.Contains($"{_folder.At("mock-api.yaml")}:{expected}", exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void File_WhenItsGenerationIsWrong_ThenSaysThatToo()
    {
        string file = _folder.At("mock-api.yaml");
        File.WriteAllText(_folder.At("bad.yaml"), "generate: x\nstart: 2024-01-01\nformat: jsonl\ncolumns: { a.b: 1, c: 2, a.d: 3, e: 4 }\n");

        DefinitionException exception = Assert.Throws<DefinitionException>(() =>
            MockApiReader.Read("mock_api: x\nbase_path: api\ndata: { generate: bad.yaml }\nresources: { x: {} }\n", file));

        Assert.Equal(
            [
                $"{_folder.At("bad.yaml")}:4:10: `a.d` comes back to `a`; the columns of an object stand together, and its name is no column's",
                $"{file}:2:12: `api` cannot be the base path; write it like /api, of letters, digits, `_`, `-` and `.`",
            ],
            exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void File_WhenItNamesNone_ThenSaysWhereItIsLookedFor()
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() =>
            MockApiReader.Read("mock_api: x\ndata: sample.json\nresources: { x: {} }\n", _folder.At("mock-api.yaml")));

        Assert.Equal($"{_folder.At("mock-api.yaml")}:2:7: there is no file `sample.json`; it is looked for beside this file", exception.Errors.Single().ToString());
    }
}
