using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// What SOPS writes about a file: recipients, MAC, date, rule. See https://github.com/getsops/sops, <c>stores/stores.go</c>.
/// </summary>
internal static class SopsMetadata
{
    private static readonly string[] Kinds = ["kms", "gcp_kms", "hckms", "azure_kv", "hc_vault", "age", "pgp"];

    /// <summary>Adds what is wrong with the mapping under <c>sops</c>.</summary>
    public static void Check(MappingNode metadata, List<(Node, string)> problems)
    {
        CheckMac(metadata, problems);
        CheckDate(metadata, problems);
        CheckRecipients(metadata, problems);
        var rules = SopsSelector.Rules.Where(rule => metadata.TextAt(rule) is { Length: > 0 }).ToList();
        if (rules.Count > 1)
            problems.Add((metadata[rules[1]]!, $"has both `{rules[0]}` and `{rules[1]}`, of which SOPS takes one"));
    }

    private static void CheckMac(MappingNode metadata, List<(Node, string)> problems)
    {
        if (string.IsNullOrEmpty(metadata.TextAt("mac"))) problems.Add((metadata, "has no MAC"));
        else if (!Sops.IsEncrypted(metadata.TextAt("mac")!))
            problems.Add((metadata["mac"]!, "has a MAC that is not an encrypted value"));
    }

    private static void CheckDate(MappingNode metadata, List<(Node, string)> problems)
    {
        if (metadata["lastmodified"] is not ScalarNode { Kind: not NodeKind.Null } date)
            problems.Add((metadata, "does not say when it was encrypted"));
        else if (!DateTimeOffset.TryParse(date.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            problems.Add((date, "has a date of encryption that is none"));
    }

    private static void CheckRecipients(MappingNode metadata, List<(Node, string)> problems)
    {
        var groups = metadata["key_groups"].ItemsOf();
        var recipients = CountRecipients(metadata, problems);
        foreach (var group in groups)
        {
            var inGroup = CountRecipients(group, problems);
            if (inGroup == 0) problems.Add((group, "has a key group without a recipient"));
            recipients += inGroup;
        }

        if (recipients == 0) problems.Add((metadata, "names no recipient"));
        if (metadata["shamir_threshold"] is ScalarNode { Kind: NodeKind.Number } threshold
            && int.TryParse(threshold.Text, out var wanted)
            && groups.Length > 0
            && wanted > groups.Length)
            problems.Add((threshold, $"wants {wanted} key groups to decrypt it and has {groups.Length}"));
    }

    private static int CountRecipients(Node? holder, List<(Node, string)> problems)
    {
        var count = 0;
        foreach (var kind in Kinds)
        {
            foreach (var recipient in holder.At(kind).ItemsOf())
            {
                count++;
                if (string.IsNullOrEmpty(recipient.TextAt("enc")))
                    problems.Add((recipient, "names a recipient that has not been given the key"));
            }
        }

        return count;
    }
}
