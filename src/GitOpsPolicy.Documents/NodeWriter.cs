using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitOpsPolicy.Documents;

/// <summary>Writes values as JSON in UTF-8.</summary>
public static class NodeWriter
{
    /// <summary>What stands for a sensitive value that is not to be written.</summary>
    public const string SensitiveText = "(sensitive)";

    /// <summary>What stands for a value that is not known until the change is applied.</summary>
    public const string UnknownText = "(known after apply)";

    /// <summary>
    /// Writes in one form for equal values: keys in ordinal order, numbers in one spelling, no spaces. For digests.
    /// </summary>
    public static void WriteCanonicalJson(Node value, IBufferWriter<byte> output)
    {
        using var writer = Open(output, indented: false);
        new Writing(writer, Canonical: true, Sensitive: true).Write(value);
    }

    /// <summary>
    /// Writes in the order and with the digits of the source. Unknown values show as <c>"(known after apply)"</c>.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="indented">Two spaces a level and a line for each value, else no spaces.</param>
    /// <param name="writeSensitive">Whether sensitive values are written in clear; else they show as
    /// <c>"(sensitive)"</c>.</param>
    public static void WriteJson(Node value, IBufferWriter<byte> output, bool indented = false, bool writeSensitive = true)
    {
        using var writer = Open(output, indented);
        new Writing(writer, Canonical: false, writeSensitive).Write(value);
    }

    /// <summary>The text that <see cref="WriteJson"/> writes.</summary>
    public static string ToJson(Node value, bool indented = false, bool writeSensitive = true)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteJson(value, output, indented, writeSensitive);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static Utf8JsonWriter Open(IBufferWriter<byte> output, bool indented) => new(output, new JsonWriterOptions
    {
        Indented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never written into HTML; readable matters more
        MaxDepth = 10_000,
        SkipValidation = true,
    });

    private readonly record struct Writing(Utf8JsonWriter Writer, bool Canonical, bool Sensitive)
    {
        public void Write(Node value)
        {
            if (value.IsUnknown) Writer.WriteStringValue(UnknownText);
            else if (value.IsSensitive && !Sensitive) Writer.WriteStringValue(SensitiveText);
            else if (value is MappingNode mapping) WriteMapping(mapping);
            else if (value is SequenceNode sequence) WriteSequence(sequence);
            else WriteScalar((ScalarNode)value);
        }

        private void WriteMapping(MappingNode mapping)
        {
            Writer.WriteStartObject();
            if (Canonical)
            {
                var sorted = mapping.Entries.ToArray();
                Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
                WriteEntries(sorted);
            }
            else
            {
                WriteEntries(mapping.Entries);
            }

            Writer.WriteEndObject();
        }

        private void WriteEntries(ReadOnlySpan<MappingEntry> entries)
        {
            foreach (ref readonly var entry in entries)
            {
                Writer.WritePropertyName(entry.Key);
                Write(entry.Value);
            }
        }

        private void WriteSequence(SequenceNode sequence)
        {
            Writer.WriteStartArray();
            foreach (var item in sequence.Items) Write(item);
            Writer.WriteEndArray();
        }

        private void WriteScalar(ScalarNode scalar)
        {
            if (scalar.Kind == NodeKind.String) Writer.WriteStringValue(scalar.Text);
            else if (scalar.Kind == NodeKind.Number && Canonical)
                Writer.WriteRawValue(ExactNumber.Parse(scalar.Text).ToString(), skipInputValidation: true);
            else Writer.WriteRawValue(scalar.Text, skipInputValidation: true);
        }
    }
}
