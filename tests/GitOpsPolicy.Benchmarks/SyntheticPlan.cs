using System.Globalization;
using System.Text.Json;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// A plan of a given size: updates and a few deletes of buckets and instances, with state, masks and unknowns, as Terraform
/// writes them.
/// </summary>
internal static class SyntheticPlan
{
    /// <summary>Writes a plan of about so many bytes.</summary>
    public static void Write(string path, long bytes)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("format_version", "1.2");
        json.WriteString("terraform_version", "1.11.4");
        json.WriteStartArray("resource_changes");
        for (var i = 0; json.BytesCommitted + json.BytesPending < bytes * 0.7; i++) WriteChange(json, i);
        json.WriteEndArray();
        json.WriteStartObject("prior_state");
        json.WriteStartArray("resources");
        for (var i = 0; json.BytesCommitted + json.BytesPending < bytes; i++) WriteValues(json, $"r{i}", i, after: false);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteBoolean("applyable", true);
        json.WriteBoolean("complete", true);
        json.WriteBoolean("errored", false);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, int i)
    {
        var name = i.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("address", $"module.app[\"{name}\"].aws_instance.node");
        json.WriteString("module_address", $"module.app[\"{name}\"]");
        json.WriteString("mode", "managed");
        json.WriteString("type", "aws_instance");
        json.WriteString("name", "node");
        json.WriteString("provider_name", "registry.terraform.io/hashicorp/aws");
        json.WriteStartObject("change");
        json.WriteStartArray("actions");
        json.WriteStringValue("update");
        json.WriteEndArray();
        WriteValues(json, "before", i, after: false);
        WriteValues(json, "after", i, after: true);
        json.WriteStartObject("after_unknown");
        json.WriteBoolean("public_ip", true);
        json.WriteEndObject();
        json.WriteStartObject("before_sensitive");
        json.WriteBoolean("user_data", true);
        json.WriteEndObject();
        json.WriteStartObject("after_sensitive");
        json.WriteBoolean("user_data", true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        if (i % 100 == 0) json.Flush();
    }

    private static void WriteValues(Utf8JsonWriter json, string property, int i, bool after)
    {
        if (property is "before" or "after") json.WriteStartObject(property);
        else json.WriteStartObject();
        json.WriteString("ami", after ? "ami-0abcdef1234567890" : "ami-0123456789abcdef0");
        json.WriteString("arn", $"arn:aws:ec2:eu-west-1:123456789012:instance/i-{i:x16}");
        json.WriteString("instance_type", "m6i.large");
        json.WriteString("user_data", $"#!/bin/sh\nexport TOKEN={i:x32}\n");
        json.WriteBoolean("disable_api_termination", i % 2 == 0);
        json.WriteStartObject("tags");
        for (var tag = 0; tag < 20; tag++) json.WriteString($"example.com/tag-{tag}", $"value {tag} of instance {i}");
        json.WriteEndObject();
        json.WriteStartArray("vpc_security_group_ids");
        for (var group = 0; group < 5; group++) json.WriteStringValue($"sg-{i + group:x17}");
        json.WriteEndArray();
        for (var field = 0; field < 40; field++) json.WriteNull($"unset_field_{field}");
        json.WriteEndObject();
    }
}
