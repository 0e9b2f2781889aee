using System.Buffers;
using System.Text.Json;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>The same as pages show, for programs.</summary>
public static class StatusApi
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Some units, in order: <c>{"units":[…]}</c>.</summary>
    public static ReadOnlyMemory<byte> All(IEnumerable<UnitStatus> units)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("units");
        foreach (var unit in units) writer.WriteRawValue(UnitStatusJson.Write(unit), skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
