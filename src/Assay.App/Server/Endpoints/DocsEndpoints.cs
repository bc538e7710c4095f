using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>The description of the API: <c>/openapi/v1.json</c>, and <c>/docs</c> to try it out. All of it is served from here.</summary>
internal sealed class DocsEndpoints
{
    private const string Description = "/openapi/v1.json";
    private const string Folder = "docs";

    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>API - Swagger UI</title>
        <link rel="icon" href="/dashboard/assets/icon.svg">
        <link rel="stylesheet" href="/docs/swagger-ui.css">
        </head>
        <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
        </body>
        </html>

        """;

    private const string Script =
        $$"""
        SwaggerUIBundle({ url: "{{Description}}", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });

        """;

    /// <summary>Serves the files of Swagger UI, where no address of the API's own is asked for.</summary>
    public static void Use(WebApplication app) => app.UseWhen(
        context => context.GetEndpoint() is null && context.Request.Path.StartsWithSegments("/" + Folder),
        files => files.UseSwaggerUI(options =>
        {
            options.RoutePrefix = Folder;
            options.SwaggerEndpoint(Description, "v1");
        }));

    public void Map(WebApplication app)
    {
        app.MapOpenApi(Description).WithMetadata(new Access(null));
        app.MapOpenApi("/openapi.json").WithMetadata(new Access(null));
        app.MapRead("/docs", context => WriteAsync(context, Page, "text/html; charset=utf-8"), "This API, to be tried out").ForAll().ExcludeFromDescription();
        app.MapRead("/docs/start.js", context => WriteAsync(context, Script, "text/javascript; charset=utf-8"), "What starts that page").ForAll().ExcludeFromDescription();
    }

    private static Task WriteAsync(HttpContext context, string text, string contentType)
    {
        context.Response.ContentType = contentType;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
