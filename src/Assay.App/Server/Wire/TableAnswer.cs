using Assay.Data;
using Assay.Store;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Answers with a table: JSON, or CSV for those who ask for it.</summary>
internal static class TableAnswer
{
    private const string Csv = "text/csv; charset=utf-8";

    /// <summary>Writes a table.</summary>
    public static async Task WriteAsync(HttpContext context, ResultTable table)
    {
        bool isCsv = Accepted.PrefersCsv(context.Request);
        using var output = new MemoryStream();
        (isCsv ? (Action<ResultTable, Stream>)CsvTable.Write : JsonTable.Write)(table, output);
        context.Response.Headers.Vary = "Accept";
        context.Response.ContentType = isCsv ? Csv : Json.ContentType;
        context.Response.ContentLength = output.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(output.GetBuffer().AsMemory(0, (int)output.Length), context.RequestAborted);
        }
    }

    /// <summary>Sends a table that lies in files, as it is asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The file, without its extension.</param>
    public static Task SendAsync(HttpContext context, string path)
    {
        bool isCsv = Accepted.PrefersCsv(context.Request);
        context.Response.Headers.Vary = "Accept";
        return Results.File(path + (isCsv ? ".csv" : ".json"), isCsv ? Csv : Json.ContentType).ExecuteAsync(context);
    }
}
