using System.Text.Json;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>Differences of Terraform attributes that providers compute, and JSON that is only spelt another way.</summary>
internal sealed class TerraformNoise : IDriftNoise
{
    private static readonly TerraformNoise Any = new();

    // Computed by the provider, never by the author.
    private static readonly HashSet<string> Computed = new(StringComparer.Ordinal)
    {
        "tags_all", "timeouts", "etag", "latest_restorable_time", "last_modified", "last_modified_time", "last_updated_date",
        "last_updated", "updated_at", "update_time",
        "effective_labels", "terraform_labels", "effective_annotations", "fingerprint", "label_fingerprint",
        "metadata_fingerprint", "tags_fingerprint", "generation",
        "resource_version", "status", "creation_timestamp", "password_last_used", "last_accessed_date", "self_link_unique",
        "qualified_arn_version", "observed_generation",
        "latest_created_execution", "latest_ready_revision", "latest_created_revision", "terminal_condition", "conditions",
        "reconciling", "health_status",
    };

    private TerraformNoise()
    {
    }

    /// <summary>The noise of one type; today the same for all.</summary>
    public static TerraformNoise For(TerraformId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Any;
    }

    /// <inheritdoc/>
    public bool Hides(List<string> steps) =>
        steps.Count == 1
            && (Computed.Contains(steps[0])
                || steps[0].EndsWith("_hash", StringComparison.Ordinal)
                || steps[0].EndsWith("_sha256", StringComparison.Ordinal));

    /// <inheritdoc/>
    public bool IsDefault(string step, Node node) => false;

    /// <inheritdoc/>
    public bool AreEqual(ScalarNode before, ScalarNode after)
    {
        if (before.Kind != NodeKind.String
            || after.Kind != NodeKind.String
            || before.Text.Length < 2
            || before.Text[0] is not ('{' or '['))
            return false;
        try
        {
            using var left = JsonDocument.Parse(before.Text);
            using var right = JsonDocument.Parse(after.Text);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
