using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Families;

/// <summary>One case of a rule family, as <c>tests/Fixtures/families/README.md</c> describes them.</summary>
internal sealed record FamilyCase
{
    /// <summary>The family whose rules are run: the folder of the file.</summary>
    public required string Family { get; init; }

    /// <summary>What it shows, unique in its file.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The files as they were; null where they are judged as they stand.</summary>
    public MemoryTree? Base { get; init; }

    /// <summary>The files as they shall be; null for a case without manifests.</summary>
    public MemoryTree? Head { get; init; }

    /// <summary>A repository whose last commit is the base; null for none.</summary>
    public SequenceNode? History { get; init; }

    /// <summary>When the head was committed.</summary>
    public string? At { get; init; }

    /// <summary>Only so many commits are in the clone; null for all.</summary>
    public int? Depth { get; init; }

    /// <summary>Who has approved; null where nobody says.</summary>
    public Approvals? Approvals { get; init; }

    /// <summary>A plan; null for none.</summary>
    public Node? Plan { get; init; }

    /// <summary>Objects that live, held against the files; null for none.</summary>
    public string? Live { get; init; }

    /// <summary>A request to the API server; null for none.</summary>
    public MappingNode? Review { get; init; }

    /// <summary>The configuration, without its <c>apiVersion</c> and <c>kind</c>; null for none.</summary>
    public MappingNode? Config { get; init; }

    /// <summary>Other files of the repository: waivers, lists, drift tables.</summary>
    public ImmutableArray<(string Path, string Text)> Files { get; init; } = [];

    /// <summary>Deletions that an acknowledgement names, as findings show them.</summary>
    public ImmutableArray<string> Acknowledged { get; init; } = [];

    /// <summary>The environment of every change; null to go by the configured paths.</summary>
    public string? Environment { get; init; }

    /// <summary>The day it is; null where that is not known.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The time it is, which freeze windows hang on; null where that is not known.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>What must be found, and nothing else.</summary>
    public required ImmutableArray<Expected> Expect { get; init; }

    /// <summary>Reads the case that a document is. A key that means nothing here fails.</summary>
    public static FamilyCase Read(string family, MappingNode document)
    {
        var problems = new ProblemList();
        var fields = new FieldReader(document, problems);
        fields.Require("expect");
        var read = new FamilyCase
        {
            Family = family,
            Name = fields.RequiredText("name"),
            Location = document.Location,
            Base = CaseFiles.Read(fields.Any("base"), "main"),
            Head = CaseFiles.Read(fields.Any("head"), null),
            History = fields.Any("history") as SequenceNode,
            At = fields.Text("at"),
            Depth = fields.Integer("depth"),
            Approvals = fields.TryGetFields("approvals", out var approvals) ? ApprovalsFile.Read(approvals) : null,
            Plan = fields.Any("plan"),
            Live = fields.Any("live") is { } live ? CaseFiles.Text(live) : null,
            Review = fields.Any("review") as MappingNode,
            Config = fields.Any("config") as MappingNode,
            Files = [.. fields.Entries("files").Select(entry => (entry.Key, CaseFiles.Text(entry.Value)))],
            Acknowledged = fields.TextList("acknowledged"),
            Environment = fields.Text("environment"),
            Today = fields.Text("today") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd") : null,
            Now = Times.Read(fields, "now"),
            Expect = [.. fields.Items("expect").Select(node => Expected.Read(node, problems))],
        };
        fields.Finish();
        if (read is { Base: null, Head: null, Plan: null, Review: null })
            problems.Add(document, "the case has nothing to judge", "give `base`, `head`, `plan` or `review`");
        return problems.Count == 0 ? read : throw new FormatException(string.Join("\n", problems.InFileOrder()));
    }
}

/// <summary>
/// One thing that a case expects: <c>deny RULE RESOURCE</c>, or a mapping that also says what the message holds.
/// </summary>
/// <param name="Action">What it does: <c>deny</c>, <c>warn</c>, <c>audit</c>, <c>waived</c>, <c>undetermined</c>, <c>failure</c>
/// or <c>problem</c>.</param>
/// <param name="Rule">The rule; empty for a problem.</param>
/// <param name="Resource">The resource as findings show it; empty for the whole set.</param>
/// <param name="Says">Texts that the message holds; empty for any message.</param>
internal sealed record Expected(string Action, string Rule, string Resource, ImmutableArray<string> Says)
{
    private static readonly string[] Actions = ["deny", "warn", "audit", "waived", "undetermined", "failure", "problem"];

    /// <summary>Reads one entry of <c>expect</c>.</summary>
    public static Expected Read(Node node, ProblemList problems)
    {
        var read = node is MappingNode mapping
            ? ReadMapping(mapping, problems)
            : ReadText(Reads.Text(node, "expect", problems) ?? "");
        if (!Actions.Contains(read.Action))
            problems.Add(node, $"`{read.Action}` is no action", $"one of {string.Join(", ", Actions)}");
        return read;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Action} {Rule} {Resource}".TrimEnd() + string.Concat(Says.Select(text => $" saying `{text}`"));

    private static Expected ReadText(string text)
    {
        var words = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return new(words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1) ?? "", words.ElementAtOrDefault(2) ?? "", []);
    }

    private static Expected ReadMapping(MappingNode mapping, ProblemList problems)
    {
        var fields = new FieldReader(mapping, problems);
        var read = new Expected(
            fields.RequiredText("action"), fields.Text("rule") ?? "", fields.Text("resource") ?? "", fields.TextList("message"));
        fields.Finish();
        return read;
    }
}
