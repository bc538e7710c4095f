using System.Text;

namespace Assay.Read.Tests;

public sealed class XmlFuzzTests
{
    private const int Documents = 32_000;

    [Theory]
    [InlineData(20260101)]
    public void Records_WhenDocumentsAreRandom_ThenTheyAreThoseOfTheReference(int seed) =>
        Parallel.For(0, 16, part =>
        {
            for (int i = 0; i < Documents / 16; i++)
            {
                CompareWithReference(seed, (part * (Documents / 16)) + i);
            }
        });

    [Theory]
    [InlineData(20260101)]
    public void Records_WhenBytesAndLimitsAreRandom_ThenBlocksDoNotMatter(int seed) =>
        Parallel.For(0, 16, part =>
        {
            for (int i = 0; i < Documents / 16; i++)
            {
                CompareBlocks(seed, (part * (Documents / 16)) + i);
            }
        });

    private static void CompareWithReference(int seed, int number)
    {
        var random = new Random((seed * 31) + number);
        string text = RandomXml.Document(random);
        string[] columns = RandomXml.Columns(random);
        var reference = new ReferenceXml(text, columns);
        string expected = string.Join("\n", reference.Records.Select(record => $"0:{record}"));

        // What the framework takes for a DTD is any `<!` there; it then names the place where it ends.
        bool isType = reference.Fault?.Message.Contains("DTD", StringComparison.Ordinal) ?? false;
        expected += reference.Fault is null ? "" : isType ? "\nfault" : $"\nfault in line {reference.FaultLine}";
        string actual = "";
        XmlOptions options = Options(random);
        try
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            using XmlSource source = Open(bytes, columns, options, random);
            string[] shown = XmlReading.Show(source, random.Next(1, 4), random.Next(1, 9), random.Next(50) == 0);
            actual = string.Join("\n", shown.Take(shown.Length - source.Incomplete.Count));
            actual += source.Incomplete.Count == 0 ? "" : isType ? "\nfault" : $"\nfault in line {source.Incomplete[0].Line}";
        }
        catch (ReadException error) when (error.Kind is ReadErrorKind.Refused)
        {
            actual = isType ? "\nfault" : error.ToString();
        }
        catch (ReadException error) when (error.Kind is ReadErrorKind.NoRecords)
        {
            // Told when the document has other elements than records.
            actual = reference.Records.Count == 0 && reference.Fault is null && text.Split('<').Length > 2 ? expected : error.ToString();
        }
        catch (ReadException error) when (error.Kind is ReadErrorKind.Empty)
        {
            actual = text.TrimStart('\uFEFF').Length == 0 ? expected : error.ToString();
        }
        catch (ReadException error) when (error.Kind is ReadErrorKind.BadHeader)
        {
            actual = reference.Fault!.Message.Contains("encoding", StringComparison.Ordinal) ? expected : error.ToString();
        }
        catch (Exception error)
        {
            actual = error.ToString();
        }

        Assert.True(
            expected == actual,
            $"seed {seed} document {number} {options} [{string.Join(" ", columns)}]\n[{CsvRecord.Show(text)}]\nexpected:\n{expected}\n{reference.Fault?.Message}\nactual:\n{actual}");
    }

    private static void CompareBlocks(int seed, int number)
    {
        var random = new Random((seed * 37) + number);
        byte[] document = RandomXml.Damage(random, Encoding.UTF8.GetBytes(RandomXml.Document(random)));
        string[] columns = RandomXml.Columns(random);
        XmlOptions options = Options(random) with
        {
            FieldLimit = random.Next(2) == 0 ? random.Next(1, 12) : 1 << 20,
            RecordLimit = random.Next(2) == 0 ? random.Next(1, 200) : 4 << 20,
        };
        string expected = Outcome(document, columns, options with { BlockSize = 1 << 16 }, new Random(1));
        string actual = Outcome(document, columns, options, random);

        Assert.True(
            expected == actual,
            $"seed {seed} document {number} {options} [{string.Join(" ", columns)}]\n[{CsvRecord.Show(Encoding.Latin1.GetString(document))}]\nexpected:\n{expected}\nactual:\n{actual}");
    }

    private static string Outcome(byte[] document, string[] columns, XmlOptions options, Random random)
    {
        try
        {
            using XmlSource source = Open(document, columns, options, random);
            List<CsvRecord> records = XmlReading.All(source, random.Next(1, 4), random.Next(1, 9));

            // The place of a fault is certain; its reason may be another when half a character ends a block.
            return string.Join("\n", records) + string.Join("\n", source.Incomplete.Select(file => $"{file.Line}:{file.Column}@{file.Offset}"));
        }
        catch (ReadException error)
        {
            return $"{error.Kind} {error.Column}";
        }
    }

    private static XmlOptions Options(Random random) =>
        XmlReading.Options with { BlockSize = random.Next(8) == 0 ? 4096 : random.Next(1, 65) };

    private static XmlSource Open(byte[] document, string[] columns, XmlOptions options, Random random) =>
        XmlSource.Open(new SlowStream(document, random.Next(1, 40)), "fuzz.xml", columns, options, "fuzz");
}
