namespace Assay.App.Pipelines;

/// <summary>The keys that each part of a pipeline's file may have. The JSON Schema under <c>docs/</c> says the same, and a test holds them together.</summary>
internal static class PipelineKeys
{
    public static IReadOnlyList<string> Pipeline { get; } =
        ["pipeline", "title", "description", "time_zone", "layers", "retention", "engine", "engines", "variables", "maps", "client", "sources", "tables", "kpis", "outputs", "checks", "dashboard", "simulate"];

    public static IReadOnlyList<string> Source { get; } = ["format", "path", "record", "delimiter", "encoding", "skip_lines", "sample", "known_fields"];

    /// <summary>What CSV may be encoded in, in the order of <see cref="Assay.Read.CsvEncoding"/>.</summary>
    public static IReadOnlyList<string> Encodings { get; } = ["utf-8", "utf-16", "latin-1", "windows-1252"];

    /// <summary>What a source of format <c>rest</c> may have; the keys of <see cref="Client"/> count before those there.</summary>
    public static IReadOnlyList<string> RestSource { get; } =
    [
        "format", "path", "params", "record", "incremental", "include_from_parent", "known_fields", "base_url", "headers", "auth", "paginator", "requests_per_second", "concurrency", "attempts",
        "backoff", "timeout", "total_timeout", "cache",
    ];

    public static IReadOnlyList<string> Client { get; } =
    [
        "base_url", "headers", "auth", "paginator", "requests_per_second", "concurrency", "attempts", "backoff", "timeout", "total_timeout", "cache",
    ];

    /// <summary>The kinds of <c>auth</c>, each with the keys it may have; those that end with <c>?</c> may be left out.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Auths { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["bearer"] = ["token"],
        ["http_basic"] = ["username", "password"],
        ["api_key"] = ["name?", "api_key", "location?"],
        ["oauth2_client_credentials"] = ["access_token_url", "client_id", "client_secret", "scope?"],
    };

    /// <summary>The kinds of <c>paginator</c>, in the same way.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Paginators { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["auto"] = [],
        ["single_page"] = [],
        ["page_number"] = ["base_page?", "page_param?", "total_path?", "total_records_path?", "maximum_page?"],
        ["offset"] = ["limit", "offset_param?", "limit_param?", "total_path?", "maximum_offset?"],
        ["cursor"] = ["cursor_path", "cursor_param"],
        ["json_link"] = ["next_url_path"],
        ["header_link"] = ["links_next_key?"],
    };

    public static IReadOnlyList<string> Auth { get; } = KeysOf(Auths);

    public static IReadOnlyList<string> Paginator { get; } = KeysOf(Paginators);

    public static IReadOnlyList<string> Locations { get; } = ["header", "query", "cookie"];

    public static IReadOnlyList<string> Incremental { get; } = ["cursor_path", "start_param", "initial_value"];

    public static IReadOnlyList<string> Sample { get; } = ["generate", "dataset", "rows", "seed"];

    public static IReadOnlyList<string> Table { get; } = ["from", "key", "newest", "partition_by", "schema_contract", "lines", "columns", "derive", "where", "relationships"];

    public static IReadOnlyList<string> SchemaContracts { get; } = ["evolve", "freeze", "discard_row", "discard_value"];

    public static IReadOnlyList<string> Lines { get; } = ["table", "key", "columns", "with", "derive", "partition_by"];

    public static IReadOnlyList<string> Partition { get; } = ["column", "grain"];

    public static IReadOnlyList<string> Retention { get; } = ["bronze"];

    public static IReadOnlyList<string> Layers { get; } = ["bronze", "silver", "gold"];

    public static IReadOnlyList<string> Grains { get; } = ["month", "day"];

    public static IReadOnlyList<string> Column { get; } =
        ["type", "field", "clean", "formats", "required", "invalid", "matches", "between", "accepted_values", "check", "pii"];

    public static IReadOnlyList<string> Kpi { get; } =
    [
        "title", "from", "join", "last", "where", "group_by", "fill", "measures", "having", "derive", "segments", "summary", "columns", "score",
        "order_by", "limit", "chart",
    ];

    public static IReadOnlyList<string> Measure { get; } = ["value", "scale"];

    public static IReadOnlyList<string> Segments { get; } =
        ["column", "of", "minimums", "quantiles", "otherwise", "total", "threshold_name"];

    public static IReadOnlyList<string> Score { get; } = ["column", "reasons", "minimum", "total", "rules"];

    public static IReadOnlyList<string> ScoreRule { get; } = ["when", "points", "reason"];

    public static IReadOnlyList<string> Check { get; } =
        ["table", "name", "rule", "unique", "freshness", "rows", "relationships", "at_most", "severity"];

    /// <summary>The keys of which a check has one: what it is about.</summary>
    public static IReadOnlyList<string> CheckKinds { get; } = ["rule", "unique", "freshness", "rows", "relationships"];

    public static IReadOnlyList<string> Freshness { get; } = ["column", "max_age"];

    public static IReadOnlyList<string> OutputRows { get; } = ["rows", "columns", "order_by"];

    public static IReadOnlyList<string> OutputFigure { get; } = ["value"];

    public static IReadOnlyList<string> OutputMap { get; } = ["map", "key", "value", "keys"];

    public static IReadOnlyList<string> OutputRunValue { get; } = ["run"];

    public static IReadOnlyList<string> RunValues { get; } = ["id", "exported_at", "started_at", "pipeline", "engine"];

    public static IReadOnlyList<string> Formats { get; } = ["csv", "xml", "json", "jsonl", "parquet", "rest"];

    public static IReadOnlyList<string> Types { get; } = ["string", "integer", "decimal", "boolean", "date", "timestamp"];

    public static IReadOnlyList<string> Charts { get; } = ["bar", "line", "pie", "heat_map", "table"];

    public static IReadOnlyList<string> Dashboard { get; } = ["locale", "currency", "money", "percent", "filters", "panels"];

    public static IReadOnlyList<string> Panel { get; } = ["kpi", "title", "by", "chart", "value"];

    public static IReadOnlyList<string> Fills { get; } = ["month", "day"];

    public static IReadOnlyList<string> Invalids { get; } = ["quarantine", "null"];

    public static IReadOnlyList<string> Severities { get; } = ["error", "warn"];

    public static IReadOnlyList<string> Pii { get; } = ["name", "email", "phone", "address", "birth_date", "id", "ip", "other"];

    private static IReadOnlyList<string> KeysOf(IReadOnlyDictionary<string, IReadOnlyList<string>> kinds) =>
        ["type", .. kinds.Values.SelectMany(keys => keys).Select(key => key.TrimEnd('?')).Distinct(StringComparer.Ordinal)];
}
