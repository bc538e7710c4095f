namespace Assay.Read.Tests;

public sealed class XmlRecordTests
{
    [Fact]
    public void Records_WhenPlain_ThenFieldsRawTextAndPlacesAreGiven() =>
        Assert.Equal(
            [
                "0:1@7 None [<order><id>1</id><name>Ann</name></order>] <Ann> <1>",
                "0:2@51 None [<order>\\n<name>Bob</name>\\n</order>] <Bob> -",
            ],
            XmlReading.Read("<feed>\n<order><id>1</id><name>Ann</name></order>\n  <order>\n<name>Bob</name>\n</order>\n</feed>", "name", "id"));

    [Theory]
    [InlineData("<order><id>1</id></order>")]
    [InlineData("<?xml version='1.0'?><a><b><c><order><id>1</id></order></c></b></a>")]
    [InlineData("<n:feed xmlns:n='u'><n:order><n:id>1</n:id></n:order></n:feed>")]
    [InlineData("<a><order ><id\n>1</id ></order\t></a>")]
    [InlineData("<a><!-- <order><id>2</id></order> --><?x <order/>?><order><id>1</id></order></a>")]
    [InlineData("<a><b>]]<![CDATA[<order><id>2</id></order>]]></b><order><id>1</id></order></a>")]
    public void Records_WhenAtAnyDepthAndHoweverWritten_ThenAreFound(string document) =>
        Assert.Equal(
            ["<1>"], XmlReading.Fields(document, "id"));

    [Theory]
    [InlineData("a&lt;b&gt;&amp;&quot;&apos;", "a<b>&\"'")]
    [InlineData("&#65;&#x42;&#x1F600;&#233;", "AB😀é")]
    [InlineData("<![CDATA[</order>&amp;]]>", "</order>&amp;")]
    [InlineData("a<![CDATA[]]>b<!-- </id> -->c<?pi </id>?>d", "abcd")]
    [InlineData("a<x>no<y/>no</x>b<z q='>'/>c", "abc")]
    [InlineData("  a\tb\n ", "  a\tb\\n ")]
    [InlineData("a\r\nb\rc&#13;", "a\\nb\\nc\\r")]
    [InlineData("a ]] b > c", "a ]] b > c")]
    [InlineData("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b")]
    [InlineData("", "")]
    public void Text_WhenWrittenInAnyWay_ThenIsWhatItStandsFor(string content, string text) =>
        Assert.Equal([$"<{text}>"], XmlReading.Fields($"<a><order><id>{content}</id></order></a>", "id"));

    [Theory]
    [InlineData("a&lt;b&#10;c", "a<b\\nc")]
    [InlineData("a\r\nb\tc\nd", "a b c d")]
    [InlineData("/> > ]]>", "/> > ]]>")]
    public void Attribute_WhenWrittenInAnyWay_ThenIsWhatItStandsFor(string value, string text) =>
        Assert.Equal([$"<{text}>"], XmlReading.Fields($"<a><order id=\"{value}\"/></a>", "id"));

    [Fact]
    public void Columns_WhenDeepOrAttributes_ThenAreFoundByPath() =>
        Assert.Equal(
            ["<1> <2> <Ann> <x> <mixed>"],
            XmlReading.Fields(
                "<a><order id='1'><customer id='2'>mixed<name>Ann</name><address><zip>x</zip></address></customer></order></a>",
                "@id", "customer.@id", "customer.name", "customer.address.zip", "customer"));

    [Fact]
    public void Column_WhenItIsTheRecordsOwnText_ThenIsADot() =>
        Assert.Equal(["<1> <x>", "<> -"], XmlReading.Fields("<a><order id='x'>1</order><order/></a>", ".", "id"));

    [Fact]
    public void Attribute_WhenAChildHasItsName_ThenYieldsUnlessAskedForByName() =>
        Assert.Equal(
            ["<child> <attribute>", "<attribute> <attribute>", "<child> -", "- <attribute>"],
            XmlReading.Fields(
                """
                <a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <order id="attribute"><id>child</id></order><order id="attribute"/><order><id>child</id></order>
                <order id="attribute"><id xsi:nil="true"/></order></a>
                """,
                "id",
                "@id"));

    [Fact]
    public void Fields_WhenMissingEmptyOrNil_ThenDiffer() =>
        Assert.Equal(
            ["- <> <> - - <x>"],
            XmlReading.Fields(
                """
                <a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><order>
                <b/><c></c><d xsi:nil="true"/><e xsi:nil="1"></e><f xsi:nil="false">x</f></order></a>
                """,
                "a", "b", "c", "d", "e", "f"));

    [Theory]
    [InlineData("<order><id>1</id><id>1</id></order>", "repeated_field <1>")]
    [InlineData("<order><id/><b/><id>2</id></order>", "repeated_field <>")]
    [InlineData("<order xmlns:n='u' id='1' n:id='2'/>", "repeated_field <1>")]
    [InlineData("<order><b>1</b><b>2</b><id>1</id></order>", "<1>")]
    public void Field_WhenThereTwice_ThenIsAFaultIfItIsNeeded(string record, string expected) =>
        Assert.Equal([expected], XmlReading.Fields($"<a>{record}</a>", "id"));

    [Fact]
    public void Records_WhenInEachOther_ThenTheOuterOneCounts() =>
        Assert.Equal(
            ["<1> <2>", "<3> -"],
            XmlReading.Fields("<a><order><id>1</id><order><id>2</id></order></order><order><id>3</id></order></a>", "id", "order.id"));

    [Fact]
    public void Rows_WhenThereAreSeveralFiles_ThenCountFromOneInEach()
    {
        using var folder = new TemporaryFolder();
        string[] files =
        [
            folder.Write("1.xml", "<a><order><id>1</id></order><order><id>2</id></order></a>"),
            folder.Write("2.xml", "<a></a>"),
            folder.Write("3.xml", "<a><order><id>3</id></order><order><id>4</id></order><b></a>"),
            folder.Write("4.xml.gz", Gzip.Compress("<a><order><id>5</id></order></a>"u8.ToArray())),
        ];
        using XmlSource source = XmlSource.Open(files, ["id"], XmlReading.Options, "test", ["a", "b", "c", "d"]);

        List<CsvRecord> first = XmlReading.All(source, 2, 1);
        Assert.Equal(["0:1 1", "0:2 2", "2:1 3", "2:2 4", "3:1 5"], first.Select(record => $"{record.File}:{record.Row} {record.Fields[0]}"));
        Assert.Equal(["a", "b", "c", "d"], source.Files);
        Assert.Equal(["2:1:59@58 the end tag `a` closes `b`"], source.Incomplete.Select(XmlReading.Fault));
        Assert.Equal(files.Sum(file => new FileInfo(file).Length), source.TotalBytes);
        Assert.Equal(source.TotalBytes, source.BytesRead);

        source.Rewind();
        Assert.Equal(0, source.BytesRead);
        Assert.Empty(source.Incomplete);
        Assert.Equal(first.Select(record => record.ToString()), XmlReading.All(source, 1, 5).Select(record => record.ToString()));
        Assert.Single(source.Incomplete);
    }

    [Fact]
    public void Rows_WhenSeveralThreadsRead_ThenAreTheSame()
    {
        byte[] document = System.Text.Encoding.UTF8.GetBytes(
            $"<a>{string.Concat(Enumerable.Range(0, 5000).Select(i => $"<order n='&#{i + 40};'>\n<id>{i}</id><name>a&amp;{i}</name></order>"))}</a>");
        string[] Read(int cursors, bool threads)
        {
            using XmlSource source = XmlReading.Open(document, XmlReading.Options with { BlockSize = 700 }, "id", "n", "name");
            return XmlReading.Show(source, cursors, 3, threads);
        }

        string[] expected = Read(1, false);
        Assert.Equal(5000, expected.Length);
        Assert.Equal(expected, Read(4, true));
    }

    [Fact]
    public void ExtraColumns_WhenRecordsHaveMore_ThenAreNamedOnce()
    {
        using XmlSource source = XmlReading.Open(
            "<a x='1'><order k='1' id='2'><c><d>1</d><e q='1'/></c><f/></order><order><c><d>1</d></c><g>1</g></order></a>"u8.ToArray(), null, "id", "f");
        XmlReading.All(source, 1, 5);

        Assert.Equal(["@k", "c.d", "c.e.@q", "c.e", "g"], source.ExtraColumns);
        Assert.Equal(["id", "f"], source.Columns);
    }
}
