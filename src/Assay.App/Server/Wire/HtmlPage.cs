using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>A page without scripts: headings, lists of links, tables. Everything in it is escaped.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _text = new();

    /// <param name="title">The page's title.</param>
    public HtmlPage(string title) => _text
        .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .Append(Escaped(title)).Append("</title>\n<link rel=\"icon\" href=\"/dashboard/assets/icon.svg\">\n</head>\n<body>\n<main>\n");

    /// <summary>Adds a heading.</summary>
    public void Heading(string text, int level = 1) => _text.Append($"<h{level}>").Append(Escaped(text)).Append($"</h{level}>\n");

    /// <summary>Adds a list of links.</summary>
    public void List(IEnumerable<(string Text, string Link)> items)
    {
        _text.Append("<ul>\n");
        foreach ((string text, string link) in items)
        {
            _text.Append("<li><a href=\"").Append(Escaped(link)).Append("\">").Append(Escaped(text)).Append("</a></li>\n");
        }

        _text.Append("</ul>\n");
    }

    /// <summary>Adds a table.</summary>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="link">Where a row's first cell leads; null for nowhere.</param>
    public void Table(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, Func<string[], string>? link = null)
    {
        if (rows.Count == 0)
        {
            _text.Append("<p>None yet.</p>\n");
            return;
        }

        _text.Append("<table>\n<thead><tr>");
        foreach (string column in columns)
        {
            _text.Append("<th scope=\"col\">").Append(Escaped(column)).Append("</th>");
        }

        _text.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in rows)
        {
            _text.Append("<tr><th scope=\"row\">").Append(link is null ? Escaped(row[0]) : $"<a href=\"{Escaped(link(row))}\">{Escaped(row[0])}</a>").Append("</th>");
            foreach (string cell in row.Skip(1))
            {
                _text.Append("<td>").Append(Escaped(cell)).Append("</td>");
            }

            _text.Append("</tr>\n");
        }

        _text.Append("</tbody>\n</table>\n");
    }

    /// <summary>Writes the page.</summary>
    public Task WriteAsync(HttpContext context)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(_text.Append("</main>\n</body>\n</html>\n").ToString());
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);
}
