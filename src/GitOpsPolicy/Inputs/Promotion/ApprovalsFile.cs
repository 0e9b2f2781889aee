using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Inputs.Promotion;

/// <summary>
/// Reads who has approved a pull request: <c>{ author, approvedBy: […], teams: { "@acme/platform": […] } }</c>, as JSON or YAML.
/// Whoever runs the check writes it from what the forge says; what the repository itself says would be the author's word.
/// </summary>
public static class ApprovalsFile
{
    /// <summary>Reads it, or tells what is wrong with it.</summary>
    public static Loaded<Approvals> Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream)) return new(loaded.Problems);
        if (stream.Documents is not [{ Root: MappingNode root }])
            return new([new Problem(new(path, 1, 1), "this is no mapping", "`{ \"author\": …, \"approvedBy\": […] }`")]);
        var problems = new ProblemList();
        var read = Read(new FieldReader(root, problems));
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(read);
    }

    /// <summary>Reads the fields.</summary>
    internal static Approvals Read(FieldReader fields)
    {
        fields.Require("approvedBy");
        var teams = fields.Entries("teams")
            .Select(
                team =>
                    (team.Key,
                        Members: (ImmutableArray<string>)[.. team.Value.ItemsOf()
                            .ToArray()
                            .Select(member => Reads.Text(member, team.Key, fields.Problems))
                            .OfType<string>()]))
            .ToImmutableSortedDictionary(team => team.Key, team => team.Members, StringComparer.Ordinal);
        var read = new Approvals(fields.Text("author") ?? "", fields.TextList("approvedBy"), teams);
        fields.Finish();
        return read;
    }
}
