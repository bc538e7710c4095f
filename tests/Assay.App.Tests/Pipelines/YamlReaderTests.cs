using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("", "1:1: the file is empty; a pipeline begins with `pipeline: <name>`")]
    [InlineData("# nothing\n", "1:1: the file is empty; a pipeline begins with `pipeline: <name>`")]
    [InlineData("a:\n\t- 2\n", "2:1: a tab cannot indent YAML; use spaces")]
    [InlineData("a: 1\n  \tb: 2\n", "2:3: a tab cannot indent YAML; use spaces")]
    [InlineData("a: [1, 2\nb: 3\n", "1:4: this list or mapping is not closed; add the missing `]` or `}`")]
    [InlineData("a: b: c\n", "1:5: this is no valid mapping; quote a text with `: ` in it, and indent keys of one mapping alike")]
    [InlineData("a: 1\n b: 2\n", "2:3: this is no valid mapping; quote a text with `: ` in it, and indent keys of one mapping alike")]
    [InlineData("a: @x\n", "1:4: a text cannot begin with this character; quote the text")]
    [InlineData("a: 'x\nb: 2\n", "1:4: this quote is never closed")]
    [InlineData("a: 1\n---\nb: 2\n", "2:1: a pipeline file holds one document; take out what follows `---`")]
    [InlineData("a: *nope\n", "1:4: unknown alias `*nope`; quote a text that begins with `*`")]
    [InlineData("a: &x { b: *x }\n", "1:12: unknown alias `*x`; quote a text that begins with `*`")]
    [InlineData("a: 1\na: 2\n", "2:1: key `a` is there twice; the first is on line 1")]
    public void Read_WhenTheFileIsNoYaml_ThenSaysWhatAndWhere(string text, string error)
    {
        var log = new DefinitionLog("a.yaml");
        YamlReader.Read(text, log);
        Assert.Equal(["a.yaml:" + error], Assert.Throws<DefinitionException>(log.ThrowIfAny).Errors.Select(found => found.ToString()));
    }

    [Fact]
    public void Read_WhenAliasesMultiply_ThenStopsAtTheLimit()
    {
        string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]"));
        AssertError(text, "the file holds too many values");
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 1_000)]
    public void Read_WhenNestedDeeply_ThenStopsAtTheLimit(string open, int times) =>
        AssertError(string.Concat(Enumerable.Repeat(open, times)), "nested too deeply");

    [Fact]
    public void Read_WhenTheFileIsLarge_ThenStopsAtTheLimit()
    {
        AssertError("a: " + new string('x', YamlReader.MostCharacters), "the file is too large for a pipeline");
        AssertError(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"k{i}: 1\n")), "the file holds too many values");
    }

    [Fact]
    public void Read_WhenAnAliasIsUsed_ThenStandsForItsNode()
    {
        var mapping = (YamlMapping)Read("a: &x [1, 2]\nb: *x\n");
        Assert.Same(mapping.Entries[0].Value, mapping.Entries[1].Value);
        Assert.Equal(9, mapping.Size);
    }

    [Theory]
    [InlineData("a: null", true)]
    [InlineData("a: ~", true)]
    [InlineData("a:", true)]
    [InlineData("a: \"null\"", false)]
    [InlineData("a: ''", false)]
    public void Scalar_WhenWrittenAsNull_ThenIsNull(string text, bool isNull) =>
        Assert.Equal(isNull, ((YamlScalar)((YamlMapping)Read(text)).Entries[0].Value).IsNull);

    /// <summary>The character <c>@</c> of each text is looked for in the file.</summary>
    [Theory]
    [InlineData("a: bc@d")]
    [InlineData("a:   bc@d  # comment")]
    [InlineData("a: 'b''c''''@d'")]
    [InlineData("a: \"b\\\"\\n\\x41\\u0041\\U00000041\\\\@d\"")]
    [InlineData("a: \"\\U0001F600@\"")]
    [InlineData("a: b\n  c\n\n  d @e\n")]
    [InlineData("a: 'b\n  c''\n\n  d @e'\n")]
    [InlineData("a: \"b\n  c\\\n    \\td\n  @e\"\n")]
    [InlineData("a: |\n  b\n    c\n\n  d @e\n")]
    [InlineData("a: >-\n\n  b\n  c\n  d @e\n")]
    [InlineData("a: |\r\n  b\r\n  c @d\r\n")]
    [InlineData("\uFEFFa: b@")]
    [InlineData("{ a: [b, \"c@\"] }")]
    public void Locate_WhenAskedForACharacter_ThenGivesItsPlaceInTheFile(string text)
    {
        YamlScalar scalar = Scalars(Read(text)).Single(scalar => scalar.Text.Contains('@', StringComparison.Ordinal));
        Place place = scalar.Locate(scalar.Text.IndexOf('@', StringComparison.Ordinal));
        string line = text.TrimStart('\uFEFF').Split('\n')[place.Line - 1];
        Assert.Equal('@', line[place.Column - 1]);
    }

    [Fact]
    public void Locate_WhenTheTextHasAnAnchor_ThenGivesItsBeginning() =>
        Assert.Equal(new Place(1, 4), ((YamlScalar)((YamlMapping)Read("a: &x bcd")).Entries[0].Value).Locate(2));

    private static YamlNode Read(string text)
    {
        var log = new DefinitionLog("a.yaml");
        YamlNode? node = YamlReader.Read(text, log);
        log.ThrowIfAny();
        return node!;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.SelectMany(Scalars),
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Key).Concat(Scalars(entry.Value))),
        _ => [],
    };

    private static void AssertError(string text, string message)
    {
        var log = new DefinitionLog("a.yaml");
        Assert.Null(YamlReader.Read(text, log));
        Assert.Equal([message], Assert.Throws<DefinitionException>(log.ThrowIfAny).Errors.Select(found => found.Message));
    }
}
