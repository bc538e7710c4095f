using Assay.Read.Rest;

namespace Assay.App.Pipelines;

/// <summary>Reads how the pages of an API follow one another.</summary>
internal static class RestPaginatorReading
{
    /// <summary>Reads <c>paginator</c>.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="owner">The section it is part of.</param>
    /// <returns>It, or null when there is none or it is wrong; then the log says so.</returns>
    public static RestPaginator? Read(DefinitionContext context, Section owner)
    {
        int errors = context.Log.Count;
        if (KindReading.Open(context, owner, "paginator", PipelineKeys.Paginators) is not var (kind, section))
        {
            return null;
        }

        RestPaginator paginator = kind switch
        {
            "single_page" => RestPaginator.SinglePage,
            "page_number" => PageNumber(section),
            "offset" => Offset(section),
            "cursor" => new RestPaginator.Cursor(Word(section, "cursor_path") ?? "", Word(section, "cursor_param") ?? ""),
            "json_link" => new RestPaginator.JsonLink(Word(section, "next_url_path") ?? ""),
            "header_link" => new RestPaginator.HeaderLink(Word(section, "links_next_key") ?? "next"),
            _ => RestPaginator.Auto,
        };
        return context.Log.Count > errors ? null : paginator;
    }

    /// <summary>A text that names something: it is not empty and has no white space.</summary>
    /// <param name="section">What it is part of.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The text, or null when there is none or it is wrong; then the log says so.</returns>
    public static string? Word(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (text.Value.Length == 0 || text.Value.Any(char.IsWhiteSpace))
        {
            section.Log.Add(text.Start, $"`{key}` cannot be `{text.Value}`", "it is a name, or a dotted path such as `meta.next`");
        }

        return text.Value;
    }

    private static RestPaginator.PageNumber PageNumber(Section section)
    {
        var usual = new RestPaginator.PageNumber();
        return new RestPaginator.PageNumber
        {
            BasePage = (int?)section.Number("base_page", 0, int.MaxValue) ?? usual.BasePage,
            PageParameter = Word(section, "page_param") ?? usual.PageParameter,
            TotalPath = Word(section, "total_path"),
            TotalRecordsPath = Word(section, "total_records_path"),
            MaximumPage = (int?)section.Number("maximum_page", 0, int.MaxValue),
        };
    }

    private static RestPaginator.Offset Offset(Section section)
    {
        var usual = new RestPaginator.Offset { Limit = 1 };
        return new RestPaginator.Offset
        {
            Limit = (int?)section.Number("limit", 1, int.MaxValue) ?? usual.Limit,
            OffsetParameter = Word(section, "offset_param") ?? usual.OffsetParameter,
            LimitParameter = Word(section, "limit_param") ?? usual.LimitParameter,
            TotalPath = Word(section, "total_path"),
            MaximumOffset = (int?)section.Number("maximum_offset", 0, int.MaxValue),
        };
    }
}
