using System.Globalization;

namespace Assay.Store;

/// <summary>Writes a run's commit, inside a transaction that the caller opened.</summary>
internal static class StateWriter
{
    public static void Write(StateConnection connection, RunCommit commit, string path)
    {
        long last = connection.Number("SELECT max(batch) FROM batches WHERE pipeline = $pipeline", ("$pipeline", commit.Pipeline));
        if (commit.Batch <= last)
        {
            throw new StoreException(path, string.Create(
                CultureInfo.InvariantCulture,
                $"another run of `{commit.Pipeline}` committed batch {last} meanwhile; run again"));
        }

        if (commit.Kind == BatchKind.Refresh)
        {
            connection.Execute("DELETE FROM files WHERE pipeline = $pipeline", ("$pipeline", commit.Pipeline));
            connection.Execute("DELETE FROM books WHERE pipeline = $pipeline", ("$pipeline", commit.Pipeline));
        }

        connection.Execute(
            "INSERT INTO batches VALUES ($pipeline, $batch, $run, $kind, $at)",
            ("$pipeline", commit.Pipeline), ("$batch", commit.Batch), ("$run", commit.RunId),
            ("$kind", StateText.Of(commit.Kind)), ("$at", StateText.Of(commit.At)));
        WriteFiles(connection, commit);
        WriteBooks(connection, commit);
        WriteRules(connection, commit);
        WriteChecks(connection, commit.Pipeline, commit.RunId, commit.At, commit.Checks);
        if (commit.Score is { } score)
        {
            WriteScore(connection, commit.Pipeline, new QualityScore(commit.RunId, commit.At, score));
        }

        PageWriter.Write(connection, commit, path);
        foreach (PendingChange change in commit.Changes)
        {
            connection.Execute(
                "INSERT INTO pending (pipeline, kind, from_path, to_path) VALUES ($pipeline, $kind, $from, $to)",
                ("$pipeline", commit.Pipeline), ("$kind", change.To is null ? "remove" : "move"), ("$from", change.From), ("$to", change.To));
        }
    }

    public static void WriteChecks(
        StateConnection connection, string pipeline, string runId, DateTimeOffset at, IReadOnlyList<CheckOutcome> checks)
    {
        foreach (CheckOutcome check in checks)
        {
            connection.Execute(
                "INSERT INTO checks VALUES ($pipeline, $run, $table, $name, $severity, $holds, $observed, $expected, $at)",
                ("$pipeline", pipeline), ("$run", runId), ("$table", check.Table), ("$name", check.Name),
                ("$severity", check.Severity.Name()), ("$holds", check.Holds ? 1 : 0),
                ("$observed", check.Observed), ("$expected", check.Expected), ("$at", StateText.Of(at)));
        }
    }

    public static void WriteScore(StateConnection connection, string pipeline, QualityScore score) => connection.Execute(
        "INSERT INTO quality VALUES ($pipeline, $run, $score, $at)",
        ("$pipeline", pipeline), ("$run", score.RunId), ("$score", StateText.Of(score.Score)), ("$at", StateText.Of(score.At)));

    private static void WriteFiles(StateConnection connection, RunCommit commit)
    {
        foreach (LoadedFile file in commit.Files)
        {
            connection.Execute(
                """
                INSERT INTO files (pipeline, source, sha256, name, format, bytes, row_count, batch, run_id, loaded_at, bronze_path)
                VALUES ($pipeline, $source, $sha256, $name, $format, $bytes, $rows, $batch, $run, $at, $path)
                """,
                ("$pipeline", commit.Pipeline), ("$source", file.Source), ("$sha256", file.Sha256), ("$name", file.Name),
                ("$format", file.Format), ("$bytes", file.Bytes), ("$rows", file.Rows), ("$batch", commit.Batch), ("$run", commit.RunId),
                ("$at", StateText.Of(file.LoadedAt == default ? commit.At : file.LoadedAt)), ("$path", file.BronzePath));
        }
    }

    private static void WriteRules(StateConnection connection, RunCommit commit)
    {
        if (commit.Rules.Count > 0)
        {
            connection.Execute("DELETE FROM rules WHERE pipeline = $pipeline", ("$pipeline", commit.Pipeline));
        }

        foreach (TableRule rule in commit.Rules)
        {
            connection.Execute(
                "INSERT INTO rules VALUES ($pipeline, $table, $rule, $fingerprint)",
                ("$pipeline", commit.Pipeline), ("$table", rule.Table), ("$rule", rule.Name), ("$fingerprint", rule.Fingerprint));
        }
    }

    private static void WriteBooks(StateConnection connection, RunCommit commit)
    {
        foreach (BooksEntry entry in commit.Books)
        {
            connection.Execute(
                "INSERT INTO books VALUES ($pipeline, $table, $run, $batch, $ofRun, $read, $accepted, $quarantined, $deduplicated, $filtered)",
                ("$pipeline", commit.Pipeline), ("$table", entry.Table), ("$run", commit.RunId), ("$batch", commit.Batch),
                ("$ofRun", entry.OfRun), ("$read", entry.Books.Read), ("$accepted", entry.Books.Accepted),
                ("$quarantined", entry.Books.Quarantined), ("$deduplicated", entry.Books.Deduplicated), ("$filtered", entry.Books.Filtered));
        }
    }
}
