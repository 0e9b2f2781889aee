using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>Reads leave to break the rules. One that is not wholly in order is none.</summary>
public static class BreakGlassReader
{
    private const string ApiVersion = BreakGlassGrant.Group + "/" + BreakGlassGrant.Version;
    private static readonly ImmutableArray<Operation> Requests = [
        Operation.Create, Operation.Update, Operation.Delete, Operation.Connect
    ];

    /// <summary>Reads every document of a file; those in order, and what is wrong with the others.</summary>
    public static (ImmutableArray<BreakGlassGrant> Read, ImmutableArray<Problem> Problems) ReadFile(
        string path, ReadOnlyMemory<byte> yaml)
    {
        var loaded = YamlReader.Read(new TextFile(path, yaml), yaml, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream)) return ([], loaded.Problems);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var found = new List<BreakGlassGrant>();
        foreach (var root in stream.Documents.Select(static document => document.Root).OfType<MappingNode>())
        {
            var read = Read(root);
            problems.AddRange(read.Problems);
            if (!read.TryGet(out var one)) continue;
            if (found.Exists(other => other.Name == one.Name))
                problems.Add(new(root.Location, $"there is another {BreakGlassGrant.Kind} `{one.Name}`"));
            else found.Add(one);
        }

        return ([.. found], problems.ToImmutable());
    }

    /// <summary>Reads one document or object of a cluster, or tells everything that is wrong with it.</summary>
    public static Loaded<BreakGlassGrant> Read(MappingNode document)
    {
        var problems = new ProblemList();
        if (document.Text("apiVersion") is not ApiVersion || document.Text("kind") is not BreakGlassGrant.Kind)
            return new([new Problem(document.Location, $"this is no `{BreakGlassGrant.Kind}` of `{ApiVersion}`")]);
        var top = new FieldReader(document, problems);
        var metadata = top.Require("metadata") && top.TryGetFields("metadata", out var fields) ? fields : null;
        var name = metadata?.RequiredText("name") ?? "";
        if (!top.Require("spec") || !top.TryGetFields("spec", out var spec)) return new(problems.InFileOrder());
        var read = ReadSpec(document, name, spec, metadata is null ? null : Times.Read(metadata, "creationTimestamp"));
        spec.Finish();
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(read);
    }

    private static BreakGlassGrant ReadSpec(MappingNode document, string name, FieldReader spec, DateTimeOffset? created)
    {
        var (who, approver) = (spec.RequiredText("who"), spec.RequiredText("approver"));
        if (who.Length > 0 && approver.Length > 0 && Bare(who) == Bare(approver))
            spec.Problems.Add(
                spec.Mapping["approver"]!, $"`{approver}` cannot approve for themselves", "somebody else has to agree");
        var (from, until) = ReadWindow(spec, created);
        var scope = spec.Require("scope") && spec.TryGetFields("scope", out var fields) ? fields : null;
        var read = new BreakGlassGrant
        {
            Name = name,
            Node = document,
            Who = who,
            Approver = approver,
            Reason = spec.RequiredText("reason"),
            Incident = spec.RequiredText("incident"),
            NotBefore = from,
            NotAfter = until,
            Operations = scope is null ? [] : ReadOperations(scope),
            Namespaces = scope is null ? [] : Globs(scope, "namespaces"),
            Kinds = scope is null ? [] : Globs(scope, "kinds"),
            Rules = scope?.TextList("rules") ?? [],
        };
        if (scope is not null) CheckScope(scope, read);
        return read;
    }

    private static (DateTimeOffset From, DateTimeOffset Until) ReadWindow(FieldReader spec, DateTimeOffset? created)
    {
        spec.Require("notAfter");
        var (start, until) = (Times.Read(spec, "notBefore") ?? created, Times.Read(spec, "notAfter"));
        if (start is not { } from)
        {
            if (!spec.Has("notBefore"))
                spec.Problems.Add(
                    spec.Mapping, "`notBefore` is missing", "outside of a cluster nothing else tells when it begins");
            return default;
        }

        if (until <= from) spec.Problems.Add(spec.Mapping["notAfter"]!, "it ends before it begins");
        if (until - from > BreakGlassGrant.Longest)
            spec.Problems.Add(spec.Mapping["notAfter"]!, $"it holds for more than {BreakGlassGrant.Longest.TotalHours:0} hours");
        return (from, until ?? default);
    }

    private static ImmutableArray<Operation> ReadOperations(FieldReader scope)
    {
        scope.Require("operations");
        var operations = scope.WordList<Operation>("operations");
        foreach (var other in operations.Except(Requests))
            scope.Problems.Add(
                scope.Mapping["operations"]!, $"no request does `{Words<Operation>.Of(other)}`",
                "one of create, update, delete, connect");
        return operations;
    }

    private static void CheckScope(FieldReader scope, BreakGlassGrant read)
    {
        foreach (var name in (string[])["operations", "namespaces", "kinds", "rules"])
            if (scope.Any(name) is SequenceNode { Count: 0 } empty)
                scope.Problems.Add(
                    empty, $"`{name}` is empty", name == "operations" ? null : "leave it out where it should not count");
        if (read.Namespaces.IsEmpty && read.Kinds.IsEmpty)
            scope.Problems.Add(
                scope.Mapping, "the scope names neither `namespaces` nor `kinds`", "say what is to be done, and where");
        scope.Finish();
    }

    private static ImmutableArray<Glob> Globs(FieldReader fields, string name) =>
        [.. fields.TextList(name).Select(static text => new Glob(text))];

    // Names that a person cannot tell apart are one: case, spaces and characters that are not shown do not count.
    private static string Bare(string name)
    {
        var bare = new StringBuilder(name.Length);
        foreach (var c in name)
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
                bare.Append(char.ToLowerInvariant(c));
        return bare.ToString();
    }
}
