namespace Assay.Store;

/// <summary>Writes what a commit says of pages, inside the transaction that the caller opened.</summary>
internal static class PageWriter
{
    public static void Write(StateConnection connection, RunCommit commit, string path)
    {
        foreach (FinishedExtract extract in commit.Extracts)
        {
            Finish(connection, extract, path);
        }

        foreach (string forgotten in commit.ForgottenBases)
        {
            connection.Execute("DELETE FROM pages WHERE pipeline = $pipeline AND base = $base", ("$pipeline", commit.Pipeline), ("$base", forgotten));
            connection.Execute("DELETE FROM extracts WHERE pipeline = $pipeline AND base = $base", ("$pipeline", commit.Pipeline), ("$base", forgotten));
            connection.Execute("DELETE FROM watermarks WHERE pipeline = $pipeline AND base = $base", ("$pipeline", commit.Pipeline), ("$base", forgotten));
        }
    }

    private static void Finish(StateConnection connection, FinishedExtract extract, string path)
    {
        PageOwner owner = extract.Owner;
        if (connection.Execute("DELETE FROM extracts WHERE id = $id", ("$id", extract.Id)) == 0)
        {
            throw new StoreException(path, $"another run of `{owner.Pipeline}` took over the pages of `{owner.Source}` meanwhile; run again");
        }

        connection.Execute(
            "UPDATE pages SET loaded_hash = content_hash WHERE pipeline = $pipeline AND source = $source AND base = $base AND extract = $id",
            ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$id", extract.Id));
        if (extract.ForgetsOthers)
        {
            connection.Execute(
                "DELETE FROM pages WHERE pipeline = $pipeline AND source = $source AND base = $base AND extract <> $id",
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$id", extract.Id));
        }

        if (extract.Watermark is { } watermark)
        {
            connection.Execute(
                "INSERT INTO watermarks VALUES ($pipeline, $source, $base, $value) ON CONFLICT DO UPDATE SET value = excluded.value",
                ("$pipeline", owner.Pipeline), ("$source", owner.Source), ("$base", owner.Base), ("$value", watermark));
        }
    }
}
