using System.Text;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>Says of a text that is no plan what it looks like and how to get a plan instead.</summary>
internal static class NotAPlan
{
    /// <summary>What to run.</summary>
    public const string ShowJson = "write the plan with `terraform show -json PLANFILE > plan.json`";

    /// <summary>How many bytes of the text <see cref="FromStart"/> wants to see.</summary>
    public const int StartLength = 512;

    /// <summary>Recognises what does not even begin like JSON.</summary>
    /// <param name="start">The first bytes of the text, fewer only if it is shorter.</param>
    /// <returns>What is wrong and what to do; null where the text may be a plan.</returns>
    public static (string Message, string Hint)? FromStart(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\u0003\u0004"u8)) return ("this is the binary plan file, which only Terraform reads", ShowJson);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'{', 0, ..])
            return ("the text is UTF-16, as `>` writes in Windows PowerShell",
                "use `terraform show -json PLANFILE | Out-File -Encoding utf8 plan.json`");
        if (start is [0x1F, 0x8B, ..]) return ("this is a gzip file", "unpack it first");
        var text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            "" => ("the file is empty", ShowJson),
            _ when text.StartsWith("[command]", StringComparison.Ordinal) =>
                ("the first line comes from the wrapper that `setup-terraform` puts around Terraform",
                    "set `terraform_wrapper: false` on that step"),
            ['{', ..] or ['[', ..] => null,
            ['<', ..] => ("this is a web page, such as an error or a login page", "look at what downloaded it, then " + ShowJson),
            _ when LooksLikeReadablePlan(text) => ("this is the plan as people read it", ShowJson),
            _ => ("this is no JSON", ShowJson),
        };
    }

    /// <summary>Recognises JSON that is no plan.</summary>
    /// <param name="keys">The keys of the outermost object; empty when the text holds another kind of value.</param>
    /// <returns>What is wrong and what to do.</returns>
    public static (string Message, string Hint) FromKeys(IReadOnlySet<string> keys) => keys switch
    {
        _ when keys.Contains("@level") =>
            ("these are the messages of `terraform plan -json`, one a line", "add `-out PLANFILE` to it, then " + ShowJson),
        _ when keys.Contains("lineage") =>
            ("this is a raw state file, which tells nothing about changes",
                "run `terraform plan -out PLANFILE`, then " + ShowJson),
        _ when keys.Contains("values") =>
            ("this is a state, not a plan: it has no `resource_changes`",
                "name the plan file: `terraform show -json PLANFILE > plan.json`"),
        _ when keys.Contains("errors") || keys.Contains("data") =>
            ("this is an answer of the HCP Terraform API, not a plan", "download the plan's `json-output` link"),
        _ when keys.Contains("provider_schemas") => ("these are provider schemas, not a plan", ShowJson),
        _ when keys.Contains("apiVersion") =>
            ("this is a Kubernetes manifest, not a plan", "give it as a path, without `--plan`"),
        _ when keys.Contains("resource_changes") => ("the plan has no `format_version`", ShowJson),
        _ => ("this JSON is no plan: it has no `format_version`", ShowJson),
    };

    private static bool LooksLikeReadablePlan(string text) =>
        text[0] == '\u001B'
            || text.Contains("Terraform")
            || text.Contains("OpenTofu")
            || text.Contains("Refreshing state")
            || text.Contains("will be ");
}
