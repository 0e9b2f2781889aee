using System.Text.Json;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

/// <summary>
/// Writes plans of any size in the proportions of real ones: for each resource about 7 kB, of which half are its change and the
/// rest repeats it as prior state and planned values. Every tenth resource is replaced, every twentieth destroyed.
/// </summary>
internal static class SyntheticPlan
{
    public const string Secret = "correct-horse-battery-9";

    public static void Write(Stream output, int resources)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("format_version", "1.2");
        json.WriteString("terraform_version", "1.11.4");
        WriteStates(json, "planned_values", resources, flushTo: output);
        json.WriteStartArray("resource_changes");
        for (var i = 0; i < resources; i++)
        {
            WriteEntry(json, i);
            if (i % 1000 == 0) json.Flush();
        }

        json.WriteEndArray();
        WriteStates(json, "prior_state", resources, flushTo: output);
        json.WriteBoolean("errored", false);
        json.WriteEndObject();
    }

    private static void WriteStates(Utf8JsonWriter json, string section, int resources, Stream flushTo)
    {
        json.WriteStartObject(section);
        json.WriteStartObject("root_module");
        json.WriteStartArray("resources");
        for (var i = 0; i < resources; i++)
        {
            json.WriteStartObject();
            WriteIdentity(json, i);
            json.WriteStartObject("values");
            WriteAttributes(json, i, "old");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        flushTo.Flush();
    }

    private static void WriteEntry(Utf8JsonWriter json, int i)
    {
        var (destroyed, replaced) = (i % 20 == 1, i % 10 == 2);
        json.WriteStartObject();
        WriteIdentity(json, i);
        json.WriteStartObject("change");
        json.WriteStartArray("actions");
        foreach (var action in destroyed ? ["delete"] : replaced ? ["delete", "create"] : new[] { "update" })
            json.WriteStringValue(action);
        json.WriteEndArray();
        json.WriteStartObject("before");
        WriteAttributes(json, i, "old");
        json.WriteEndObject();
        if (destroyed)
        {
            json.WriteNull("after");
        }
        else
        {
            json.WriteStartObject("after");
            WriteAttributes(json, i, "new");
            json.WriteEndObject();
        }

        json.WritePropertyName("after_unknown");
        json.WriteRawValue(
            destroyed ? "{}" : """{"arn":true,"tags":{},"ingress":[{"cidr_blocks":[false]},{"cidr_blocks":[false]},{},{}]}""");
        foreach (var mask in new[] { "before_sensitive", "after_sensitive" })
        {
            json.WritePropertyName(mask);
            json.WriteRawValue("""{"password":true,"tags":{},"ingress":[{},{},{},{}]}""");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, int i)
    {
        json.WriteString("address", $"module.service_{i % 50}.aws_db_instance.main[{i}]");
        json.WriteString("module_address", $"module.service_{i % 50}");
        json.WriteString("mode", "managed");
        json.WriteString("type", "aws_db_instance");
        json.WriteString("name", "main");
        json.WriteNumber("index", i);
        json.WriteString("provider_name", "registry.terraform.io/hashicorp/aws");
    }

    private static void WriteAttributes(Utf8JsonWriter json, int i, string version)
    {
        json.WriteString("id", $"db-{i:x8}");
        json.WriteString("engine", "postgres");
        json.WriteString("engine_version", version);
        json.WriteString("password", Secret);
        json.WriteNumber("allocated_storage", 100 + (i % 7));
        json.WriteBoolean("deletion_protection", i % 3 == 0);
        json.WriteNull("snapshot_identifier");
        json.WriteString("description", $"Database number {i}, which holds the orders of one customer and nothing else.");
        json.WriteStartObject("tags");
        for (var tag = 0; tag < 8; tag++) json.WriteString($"team/label-{tag}", $"value-{tag}-of-{i % 13}");
        json.WriteEndObject();
        json.WriteStartArray("ingress");
        for (var rule = 0; rule < 4; rule++)
        {
            json.WriteStartObject();
            json.WriteStartArray("cidr_blocks");
            json.WriteStringValue($"10.{rule}.{i % 250}.0/24");
            json.WriteEndArray();
            json.WriteNumber("from_port", 5432);
            json.WriteNumber("to_port", 5432);
            json.WriteString("protocol", "tcp");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("copy", i % 100 == 0 ? $"postgres://app:{Secret}@db-{i}" : "none");
        for (var filler = 0; filler < 12; filler++) json.WriteNull($"optional_attribute_{filler}");
    }
}
