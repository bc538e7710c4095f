using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class XmlFaultTests
{
    [Theory]
    [InlineData("<a><order><id>2</order></a>", "1:18@17 the end tag `order` closes `id`")]
    [InlineData("<a>\n<order>\n<id>2", "3:6@17 the file ends inside `id`")]
    [InlineData("<a>\n<order><id>é", "2:13@17 the file ends inside `id`")]
    [InlineData("<a><b></b>", "1:11@10 the file ends inside `a`")]
    [InlineData("<a/><a/>", "1:5@4 a second root element, `a`")]
    [InlineData("<a/>x", "1:5@4 text outside of the root element")]
    [InlineData("<a/>&amp;", "1:5@4 text outside of the root element")]
    [InlineData("<a/><![CDATA[]]>", "1:5@4 text outside of the root element")]
    [InlineData("x", "1:1@0 text outside of the root element")]
    [InlineData(" \n", "2:1@2 there is no root element")]
    [InlineData("<a/></a>", "1:5@4 an end tag without a start tag")]
    [InlineData("<a b='1' b='2'/>", "1:10@9 the attribute `b` is there twice")]
    [InlineData("<a b='1'c='2'/>", "1:9@8 `c` is not expected in the tag of `a`")]
    [InlineData("<a b/>", "1:5@4 the attribute `b` has no value in quotes")]
    [InlineData("<a b=1/>", "1:6@5 the attribute `b` has no value in quotes")]
    [InlineData("<a b='&x;'/>", "1:7@6 the entity `&x;` is not defined")]
    [InlineData("<a>&nbsp;</a>", "1:4@3 the entity `&nbsp;` is not defined")]
    [InlineData("<a>AT&T</a>", "1:6@5 a `&` that starts no reference: the character itself is written `&amp;`")]
    [InlineData("<a>&#0;</a>", "1:4@3 `&#0;` is no character that XML allows")]
    [InlineData("<a>&#xFFFFFFFFF41;</a>", "1:4@3 `&#xFFFFFFFFF41;` is no character that XML allows")]
    [InlineData("<a>1 < 2</a>", "1:6@5 a `<` that starts no tag: the character itself is written `&lt;`")]
    [InlineData("<a>]]></a>", "1:4@3 a `]]>` that ends no CDATA section: write `]]&gt;`")]
    [InlineData("<a><!-- a -- b --></a>", "1:11@10 a `--` inside a comment")]
    [InlineData("<a><!ELEMENT b></a>", "1:4@3 a `<!` that starts neither a comment nor a CDATA section")]
    [InlineData("<a><!DOCTYPE b></a>", "1:4@3 a document type declaration (<!DOCTYPE)")]
    [InlineData("<a><?xml version='1.0'?></a>", "1:4@3 an XML declaration that is not at the very start of the file")]
    [InlineData(" <?xml version='1.0'?><a/>", "1:2@1 an XML declaration that is not at the very start of the file")]
    [InlineData("<?xml version='1.1'?><a/>", "1:1@0 the XML declaration is not of the form `<?xml version=\"1.0\" encoding=\"…\"?>`")]
    [InlineData("<?xml encoding='utf-8'?><a/>", "1:1@0 the XML declaration is not of the form `<?xml version=\"1.0\" encoding=\"…\"?>`")]
    [InlineData("<?xml version='1.0' standalone='maybe'?><a/>", "1:1@0 the XML declaration is not of the form `<?xml version=\"1.0\" encoding=\"…\"?>`")]
    [InlineData("<n:a/>", "1:2@1 the prefix `n` is not declared (`xmlns:n`)")]
    [InlineData("<a n:b=''/>", "1:9@8 the prefix `n` is not declared (`xmlns:n`)")]
    [InlineData("<a><b xmlns:n='u'/><n:c/></a>", "1:21@20 the prefix `n` is not declared (`xmlns:n`)")]
    [InlineData("<a xmlns:m='u' xmlns:n='&#117;' m:b='' n:b=''/>", "1:45@44 the attributes `m:b` and `n:b` are the same")]
    [InlineData("<1/>", "1:2@1 `1` is no name")]
    [InlineData("<a></ a>", "1:6@5 the end tag `` closes `a`")]
    [InlineData("<a></a b>", "1:8@7 `b` is not expected in the end tag `a`")]
    [InlineData("<a/ >", "1:3@2 `/` is not expected in the tag of `a`")]
    [InlineData("<a>\n\u0001</a>", "2:1@4 a character that XML does not allow, such as a control character")]
    [InlineData("<a>\uFFFF</a>", "1:4@3 a character that XML does not allow, such as a control character")]
    public void Document_WhenNotWellFormed_ThenSaysWhereAndWhy(string document, string fault) =>
        Assert.Equal([$"0:{fault}"], XmlReading.Fields(document, "id"));

    [Fact]
    public void Document_WhenNotWellFormed_ThenRecordsBeforeAreGiven() =>
        Assert.Equal(
            ["<1&>", "<2>", "0:3:16@75 the end tag `b` closes `name`"],
            XmlReading.Fields(
                "<a><order><id>1&amp;</id></order>\n<order><id>2</id></order>\n<order><name></b></order></a>", "id"));

    [Fact]
    public void Document_WhenCutOffAnywhere_ThenRecordsBeforeAreGivenAndTheFileIsIncomplete()
    {
        byte[] document = Encoding.UTF8.GetBytes(
            "<?xml version='1.0'?><!-- é --><a xmlns:n='u'>\n<order k='&lt;'><id>1</id></order><n:order><![CDATA[]]><id>é&#65;</id></n:order><?p?>\n<order/></a>\n");
        int[] ends = [.. ((string[])["</order>", "</n:order>", "<order/>"]).Select(end => document.AsSpan().IndexOf(Encoding.UTF8.GetBytes(end)) + end.Length)];
        int last = document.AsSpan().LastIndexOf("</a>"u8) + 4;
        for (int length = 1; length < document.Length; length++)
        {
            using XmlSource source = XmlReading.Open(document[..length], XmlReading.Options with { BlockSize = 1 + (length % 32) }, "id");

            Assert.Equal(ends.Count(end => end <= length), XmlReading.All(source, 1, 2).Count);
            Assert.Equal(length < last ? [length] : Array.Empty<long>(), source.Incomplete.Select(file => file.Offset));
        }
    }

    [Fact]
    public void Element_WhenDeeperThanAny_ThenIsAFaultAndNoOverflow()
    {
        string deep = string.Concat(Enumerable.Repeat("<b>", 1_000_000));
        Assert.Equal(["<1>", "0:1:3026@3025 more than 1000 elements in each other"], XmlReading.Fields($"<a><order><id>1</id></order>{deep}", "id"));
        string fits = string.Concat(Enumerable.Repeat("<b>", 998)) + string.Concat(Enumerable.Repeat("</b>", 998));
        Assert.Equal(["<1>"], XmlReading.Fields($"<a><order>{fits}<id>1</id></order></a>", "id"));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>", 1 << 17)]
    [InlineData("<?xml version='1.0'?><!-- c -->\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 1)]
    public void TypeDeclaration_WhenThereIsOne_ThenIsRefusedBeforeAnythingIsRead(string document, int block)
    {
        ReadException error = Assert.Throws<ReadException>(
            () => XmlReading.Open(Encoding.UTF8.GetBytes(document), XmlReading.Options with { BlockSize = block }, "id"));

        Assert.Equal(ReadErrorKind.Refused, error.Kind);
        Assert.Equal(
            "test.xml: it has a document type declaration (<!DOCTYPE), which is never read: its entities could read other files or grow without bounds. Remove it from the file.",
            error.Message);
    }

    [Fact]
    public void TypeDeclaration_WhenFarFromTheStart_ThenIsRefusedWhenMet()
    {
        string document = $"<!--{new string('x', 100_000)}--><!DOCTYPE a><a/>";
        using XmlSource source = XmlReading.Open(Encoding.UTF8.GetBytes(document), null, "id");
        XmlCursor cursor = source.OpenCursor();

        Assert.Equal(ReadErrorKind.Refused, Assert.Throws<ReadException>(() => cursor.ReadBlock(CancellationToken.None)).Kind);
        Assert.Equal(ReadErrorKind.Refused, Assert.Throws<ReadException>(() => source.OpenCursor().ReadBlock(CancellationToken.None)).Kind);
    }

    [Fact]
    public void Record_WhenNotUtf8_ThenIsAFaultOfThatRecord()
    {
        byte[] document = CsvReading.Bytes("<a><order><id>\u00E9</id></order><order><id>2</id></order></a>");
        using XmlSource source = XmlReading.Open(document, null, "id");

        Assert.Equal([FaultCode.InvalidUtf8, FaultCode.None], XmlReading.All(source, 1, 5).Select(record => record.Fault));
        Assert.Empty(source.Incomplete);
    }

    [Fact]
    public void Document_WhenNotUtf8OutsideOfRecords_ThenIsIncomplete()
    {
        byte[] document = CsvReading.Bytes("<a><order/><!-- \u00E9 --><order/></a>");

        Assert.Equal(["-", "0:1:17@16 what is not valid UTF-8"], Texts(document));

        static string[] Texts(byte[] document)
        {
            using XmlSource source = XmlReading.Open(document, null, "id");
            string[] rows = [.. XmlReading.All(source, 1, 5).Select(record => record.Fields[0] ?? "-")];
            return [.. rows, .. source.Incomplete.Select(XmlReading.Fault)];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1 << 16)]
    public void Record_WhenTooLong_ThenIsAFaultAndReadingGoesOn(int block)
    {
        string document = $"<a>\n<order><id>1</id></order><order><!--{new string('x', 200)}--><id>2</id></order>\n<order><id>{new string('3', 21)}</id></order><order><id>4</id></order></a>";
        XmlOptions options = XmlReading.Options with { RecordLimit = 100, FieldLimit = 20, BlockSize = block };

        Assert.Equal(
            [
                "0:1@4 None [<order><id>1</id></order>] <1>",
                $"0:2@29 RecordTooLong [<order><!--{new string('x', 89)}] -",
                "0:3@262 FieldTooLong [<order><id>333333333333333333333</id></order>] -",
                "0:4@307 None [<order><id>4</id></order>] <4>",
            ],
            XmlReading.Read(Encoding.UTF8.GetBytes(document), options, "id"));
    }

    [Fact]
    public void Memory_WhenARecordIsHuge_ThenStaysSmall()
    {
        using var stream = new PatternStream(
            "<a><order><id>"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 1000)), 100_000, "</id></order><order><id>1</id></order></a>"u8.ToArray());
        using XmlSource source = XmlSource.Open(stream, "huge.xml", ["id"], XmlReading.Options, "test");
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<CsvRecord> records = XmlReading.All(source, 1, 5);

        Assert.Equal([FaultCode.RecordTooLong, FaultCode.None], records.Select(record => record.Fault));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 64 << 20);
    }

    [Theory]
    [InlineData("<a><order><id>1</id><nme>x</nme></order></a>", "id")]
    [InlineData("<a><order id='1'/></a>", "id")]
    [InlineData("<a><order><name/></order><order id='1'/></a>", "id,name")]
    [InlineData("<a/>", null)]
    public void Column_WhenNoRecordHasIt_ThenThatIsKnownInTheEnd(string document, string? met)
    {
        using XmlSource source = XmlReading.Open(Encoding.UTF8.GetBytes(document), XmlReading.Options, "id", "name");

        Assert.Equal(document.Split("<order").Length - 1, XmlReading.All(source, 1, 5).Count);
        Assert.Equal(met?.Split(','), source.MetColumns);
    }

    [Theory]
    [InlineData("<a><Order><id>1</id></Order></a>", "test.xml: the records are to be `order` elements (did you mean `Order`?), but there is none; the elements there are: a, Order, id.")]
    [InlineData("<a><x:line xmlns:x='u' id='1'>1</x:line></a>", "test.xml: the records are to be `order` elements, but there is none; the elements there are: a, line.")]
    [InlineData("<a><line/><line/></a>", "test.xml: the records are to be `order` elements, but there is none; the elements there are: a, line.")]
    [InlineData("<a><head><day>1</day></head><lines><line><id>1</id><note/></line><line><note/></line></lines></a>", "test.xml: the records are to be `order` elements, but there is none; the elements there are: a, head, day, lines, line, id, note.")]
    public void Record_WhenNoElementIsOne_ThenReadingEndsAndTellsWhatThereIs(string document, string message)
    {
        foreach (int size in new[] { 1, 1 << 17 })
        {
            using XmlSource source = XmlReading.Open(Encoding.UTF8.GetBytes(document), XmlReading.Options with { BlockSize = size }, "id");
            ReadException error = Assert.Throws<ReadException>(() => XmlReading.All(source, 1, 5));

            Assert.Equal((ReadErrorKind.NoRecords, true, message), (error.Kind, error.IsConfiguration, error.Message));
        }
    }

    [Theory]
    [InlineData("<orders/>")]
    [InlineData("<orders> none </orders>")]
    [InlineData("<feed><orders/></feed>")]
    [InlineData("<feed><head><day>1</day></head><orders count='0'>\n</orders></feed>")]
    public void Record_WhenTheListMayBeEmpty_ThenThereAreNone(string document)
    {
        foreach (int size in new[] { 1, 1 << 17 })
        {
            Assert.Equal([], XmlReading.Read(Encoding.UTF8.GetBytes(document), XmlReading.Options with { BlockSize = size }, "id"));
        }
    }

    [Fact]
    public void Record_WhenASecondDocumentHasNone_ThenItIsNamed()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.xml", "<a><order><id>1</id></order></a>"), folder.Write("2.xml", "<a><order-line>1</order-line></a>")];
        using XmlSource source = XmlSource.Open(files, ["id"], XmlReading.Options, "sales");
        ReadException error = Assert.Throws<ReadException>(() => XmlReading.All(source, 2, 5));

        Assert.Equal($"{files[1]}: the records are to be `order` elements, but there is none; the elements there are: a, order-line.", error.Message);
    }
}
