using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>The files of the dashboard, as they lie beside the program. They are few and known at the start, so no request makes a path.</summary>
internal sealed class PageFiles
{
    private const string Page = "index.html";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Dictionary<string, (string Path, string Type, string ETag)> _files = new(StringComparer.Ordinal);

    /// <summary>Looks for the files.</summary>
    public PageFiles()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "www");
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var file = new FileInfo(path);
            if (Types.TryGetValue(file.Extension, out string? type))
            {
                _files[name] = (path, type, FormattableString.Invariant($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""));
            }
        }
    }

    /// <summary>Sends the page.</summary>
    public Task PageAsync(HttpContext context) => SendAsync(context, Page);

    /// <summary>Sends a file that the page asks for.</summary>
    public Task FileAsync(HttpContext context) => SendAsync(context, context.Path("file"));

    private Task SendAsync(HttpContext context, string name)
    {
        if (!_files.TryGetValue(name, out (string Path, string Type, string ETag) file))
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "Not Found", "not_found");
        }

        // Asked about each time, so that a newer program never meets the files of an older one; sent only when they changed.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ETag = file.ETag;
        if (context.Response.StatusCode == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch == file.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentLength = null;
            return context.Response.StartAsync(context.RequestAborted);
        }

        context.Response.ContentType = file.Type;
        context.Response.ContentLength = new FileInfo(file.Path).Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(file.Path, context.RequestAborted);
    }
}
