using System.Globalization;
using System.Text.Json;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Reports;

/// <summary>Writes the documents that a pipeline publishes beside its KPIs' own files.</summary>
internal sealed class OutputFiles
{
    /// <summary>What is written before it is handed on: the writer itself would keep a whole document.</summary>
    private const int MostPending = 1 << 16;

    private readonly OutputScope _scope;

    private OutputFiles(OutputScope scope) => _scope = scope;

    /// <summary>Writes them.</summary>
    /// <param name="stage">Where to.</param>
    /// <param name="scope">What they are written from.</param>
    /// <exception cref="StoreException">A file cannot be written, or silver not be read.</exception>
    public static void Write(GoldStage stage, OutputScope scope)
    {
        var files = new OutputFiles(scope);
        foreach (OutputDefinition output in scope.Outcome.Pipeline.Outputs)
        {
            stage.Write(scope.FileName(output), stream => files.Write(output, stream));
        }
    }

    private void Write(OutputDefinition output, Stream stream)
    {
        if (output.IsCsv)
        {
            OutputTable table = _scope.Rows((OutputRows)output.Content);
            CsvTable.Write(table.Schema, table.Rows, stream);
            return;
        }

        using (var writer = new Utf8JsonWriter(stream, JsonTable.Layout))
        {
            Write(output.Content, writer);
        }

        stream.WriteByte((byte)'\n');
    }

    private void Write(OutputNode node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case OutputObject made:
                writer.WriteStartObject();
                foreach ((string name, OutputNode value) in made.Members)
                {
                    writer.WritePropertyName(name);
                    Write(value, writer);
                }

                writer.WriteEndObject();
                break;
            case OutputList list:
                writer.WriteStartArray();
                foreach (OutputNode item in list.Items)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case OutputLiteral literal:
                Write(literal, writer);
                break;
            case OutputRunValue run:
                writer.WriteStringValue(_scope.Of(run));
                break;
            case OutputFigure figure:
                JsonTable.WriteTotal(_scope.Kpi(figure.Kpi).Totals.First(total => total.Name == figure.Figure), writer);
                break;
            case OutputMap map:
                Write(map, writer);
                break;
            case OutputRows rows:
                Write(_scope.Rows(rows), writer);
                break;
        }
    }

    private static void Write(OutputLiteral literal, Utf8JsonWriter writer)
    {
        if (literal.IsText)
        {
            writer.WriteStringValue(literal.Text);
        }
        else if (literal.Text == "null")
        {
            writer.WriteNullValue();
        }
        else if (bool.TryParse(literal.Text, out bool truth))
        {
            writer.WriteBooleanValue(truth);
        }
        else if (decimal.TryParse(literal.Text, CultureInfo.InvariantCulture, out decimal number) && number.ToString(CultureInfo.InvariantCulture) == literal.Text)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            // A number of more digits than that holds; within a list it is not put on a line of its own.
            writer.WriteRawValue(literal.Text);
        }
    }

    private static void Write(OutputTable table, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            JsonTable.WriteRow(row, table.Schema.Columns, writer);
            if (writer.BytesPending > MostPending)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    private void Write(OutputMap map, Utf8JsonWriter writer)
    {
        ResultTable table = _scope.Kpi(map.Kpi).Table;
        int key = table.Schema.IndexOf(map.Key);
        int value = table.Schema.IndexOf(map.Value);
        ColumnType keyType = table.Schema.Columns[key].Type;
        ColumnType type = table.Schema.Columns[value].Type;

        // A name that comes again, as of a KPI with more keys than this, is not written twice: the first row counts.
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (object?[] row in table.Rows)
        {
            values.TryAdd(row[key] is { } cell ? CellText.Of(cell, keyType) : "null", row[value]);
        }

        writer.WriteStartObject();
        foreach (string name in map.Keys.Concat(values.Keys.Except(map.Keys, StringComparer.Ordinal)))
        {
            writer.WritePropertyName(name);
            JsonTable.WriteCell(values.TryGetValue(name, out object? cell) ? cell : type.IsNumeric ? Int128.Zero : null, type, writer);
        }

        writer.WriteEndObject();
    }
}
