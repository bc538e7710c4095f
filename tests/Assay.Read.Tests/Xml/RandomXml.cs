using System.Text;

namespace Assay.Read.Tests;

/// <summary>Documents by chance: most almost well formed, with all that XML has.</summary>
internal static class RandomXml
{
    private static readonly string[] Names = ["id", "name", "order", "n:id", "n:name", "lines", "b", "x.y", "n:order", "\u00E9t\u00E9"];

    private static readonly string[] Texts =
    [
        "1", "a b", "&lt;", "&amp;&gt;", "&#65;", "&#x1F600;", "<![CDATA[</order>]]>", "<![CDATA[a]]b]>]]>", "<!-- </order> -->",
        "<!--a-->", "<?pi </order>?>", "<?pi?>", "\r\n", "\n", "  ", "\t", "é€😀", "]]", "]", ">", "'\"", "&quot;&apos;", "&#13;&#10;",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "<![CDATA[]]>", "\u0085",
    ];

    private static readonly string[] Values =
        ["1", "a b", "&lt;", "a&#10;b", "\r\n\t", "</order>", ">", "é", "", "/>", "true", "0", "&amp;", "[]]>"];

    private static readonly string[] Strange =
    [
        "<", ">", "&", "&foo;", "&#0;", "&#xD800;", "&#x110000;", "]]>", "--", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<?xml?>",
        "<?xml version='1.0'?>", "<!DOCTYPE a>", "</", "/>", "\"", "'", "=", " ", "\0", "\u0001", "\uFFFF", "</order>", "<order>", "<order",
        "<a:b:c/>", "<m:x/>", "<1/>", "<:a/>", "<a/ >", "< a/>", "<a b/>", "<a b=c/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>", "</order ",
        "<a xmlns:k='u' xmlns:l='u' k:x='' l:x=''/>", "<a xmlns:k=''/>", "<a xmlns:xml='u'/>", "<!x>", "<!-", "<? a?>", "<?a:b?>",
        "<\u20AC/>", "<a\u00D7/>", "<?XML a?>", "&#;", "&;", "&lt", "&#xg;", "<!-- a--b -->", "<!--->-->", "x", "<a b='<'/>", "<a b='&'/>",
    ];

    public static string[] Columns(Random random)
    {
        string[] all = ["id", "name", "@id", "lines.id", "lines.@id", "order", "order.id", "b", ".", "lines", "x.y", "nothing", "été"];
        random.Shuffle(all);
        return all[..random.Next(1, 7)];
    }

    public static string Document(Random random)
    {
        var text = new StringBuilder();
        text.Append(random.Next(6) switch
        {
            0 => "<?xml version='1.0' encoding='utf-8'?>\n",
            1 => "<?xml version=\"1.0\" standalone='yes' ?>",
            2 => "<!-- <order/> -->\r\n",
            3 => "\uFEFF",
            _ => "",
        });
        int declared = text.Length;
        if (random.Next(10) == 0)
        {
            Element(text, random, "order", 0, true);
        }
        else
        {
            text.Append("<orders xmlns:n='urn:n' xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
            int records = random.Next(8);
            bool regular = random.Next(2) == 0;
            for (int i = 0; i < records; i++)
            {
                text.Append(random.Next(3) switch { 0 => "\n  ", 1 => "\r\n", _ => "" });
                if (regular && random.Next(5) > 0)
                {
                    text.Append("<order>\n <id>").Append(random.Next(1000)).Append("</id>\n <name>x</name>\n <b></b>\n</order>");
                }
                else
                {
                    Content(text, random, random.Next(10) == 0 ? "order" : "", 1);
                    Element(text, random, random.Next(8) == 0 ? "n:order" : "order", 1, false);
                }
            }

            text.Append("\n</orders>");
        }

        text.Append(random.Next(5) switch { 0 => "\n", 1 => "<!-- end -->", 2 => "<?pi end?>\r\n", _ => "" });
        int damages = Math.Max(0, random.Next(6) - 3);
        for (int i = 0; i < damages; i++)
        {
            Damage(text, declared, random);
        }

        return text.ToString();
    }

    /// <summary>The document with a few bytes changed to any others.</summary>
    public static byte[] Damage(Random random, byte[] document)
    {
        int times = document.Length == 0 ? 0 : random.Next(3);
        for (int i = 0; i < times; i++)
        {
            document[random.Next(document.Length)] = (byte)(random.Next(2) == 0 ? random.Next(0x80, 0x100) : random.Next(0x100));
        }

        return document;
    }

    private static void Damage(StringBuilder text, int from, Random random)
    {
        int at = random.Next(Math.Min(from, text.Length), text.Length + 1);
        switch (random.Next(5))
        {
            case 0:
                text.Length = at;
                break;
            case 1 when at < text.Length && !char.IsSurrogate(text[at]):
                text.Remove(at, 1);
                break;
            default:
                if (at == text.Length || !char.IsLowSurrogate(text[at]))
                {
                    text.Insert(at, Strange[random.Next(Strange.Length)]);
                }

                break;
        }

        if (text.Length > 0 && char.IsHighSurrogate(text[^1]))
        {
            text.Length--;
        }
    }

    private static void Element(StringBuilder text, Random random, string name, int depth, bool declares)
    {
        text.Append('<').Append(name);
        if (declares)
        {
            text.Append(" xmlns:n = 'urn:n' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'");
        }

        foreach (string attribute in (string[])["id", "n:id", "name", "xsi:nil", "xml:lang", "été", "xmlns:k", "xmlns", "k"])
        {
            if (random.Next(14) == 0)
            {
                string value = Values[random.Next(Values.Length)];
                char quote = random.Next(2) == 0 ? '"' : '\'';
                value = attribute.StartsWith("xmlns", StringComparison.Ordinal) ? "urn:k" : value;
                text.Append(random.Next(4) == 0 ? "\n " : " ").Append(attribute).Append(random.Next(6) == 0 ? " = " : "=")
                    .Append(quote).Append(value).Append(quote);
            }
        }

        if (random.Next(8) == 0)
        {
            text.Append(random.Next(3) == 0 ? " />" : "/>");
            return;
        }

        text.Append(random.Next(8) == 0 ? " >" : ">");
        Content(text, random, name, depth);
        text.Append("</").Append(name).Append(random.Next(8) == 0 ? "\n>" : ">");
    }

    private static void Content(StringBuilder text, Random random, string name, int depth)
    {
        if (name.Length == 0 && random.Next(3) > 0)
        {
            return;
        }

        int parts = random.Next(depth > 4 ? 2 : 5);
        for (int i = 0; i < parts; i++)
        {
            if (random.Next(2) == 0 || (name.Length == 0 && depth == 1))
            {
                text.Append(Texts[random.Next(Texts.Length)]);
            }
            else
            {
                Element(text, random, Names[random.Next(Names.Length)], depth + 1, false);
            }
        }
    }
}
