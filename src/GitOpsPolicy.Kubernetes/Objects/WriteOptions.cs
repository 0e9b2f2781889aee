using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Objects;

/// <summary>How an object is written.</summary>
public record WriteOptions
{
    /// <summary>Written for real, by the manager that the user agent names.</summary>
    public static WriteOptions Default { get; } = new();

    /// <summary>Everything happens but the writing.</summary>
    public bool DryRun { get; init; }

    /// <summary>In whose name fields are written; null for what the server makes of the user agent.</summary>
    public string? FieldManager { get; init; }

    /// <summary>
    /// What the server does about unknown and repeated fields: <c>Ignore</c>, <c>Warn</c> (its default since 1.27) or
    /// <c>Strict</c>. Null leaves it to the server; servers before 1.25 ignore the setting.
    /// </summary>
    public string? FieldValidation { get; init; }
}

/// <summary>How an object is applied on the server's side.</summary>
public sealed record ApplyOptions : WriteOptions
{
    /// <summary>Takes fields away from other managers instead of reporting a conflict.</summary>
    public bool Force { get; init; }
}

/// <summary>What came of a write.</summary>
/// <param name="Object">The object as it is stored now, or would be after a dry run.</param>
/// <param name="WasCreated">There was none before.</param>
/// <param name="Warnings">What the server or an admission webhook warns about.</param>
public sealed record Written(MappingNode Object, bool WasCreated, ImmutableArray<string> Warnings);

/// <summary>A field that another manager owns and that was applied with another value.</summary>
/// <param name="Manager">Who owns it.</param>
/// <param name="Field">Which field, as the server writes it: <c>.spec.replicas</c>.</param>
/// <param name="Detail">The server's whole sentence, with the manager's version, time and subresource where it tells
/// them.</param>
public sealed record FieldConflict(string Manager, string Field, string Detail);

/// <summary>What came of applying an object: it was written, or other managers own fields of it and nothing was.</summary>
public abstract record Applied
{
    private Applied()
    {
    }

    /// <summary>It was written.</summary>
    /// <param name="Result">What came of it.</param>
    public sealed record Done(Written Result) : Applied;

    /// <summary>Nothing was written.</summary>
    /// <param name="Conflicts">The fields, one for each manager that owns one.</param>
    public sealed record Refused(ImmutableArray<FieldConflict> Conflicts) : Applied;
}

/// <summary>The form of a patch.</summary>
public enum PatchForm
{
    /// <summary>JSON merge patch (RFC 7386): what is given replaces, null removes, lists are replaced whole.</summary>
    Merge,

    /// <summary>JSON patch (RFC 6902): a list of steps.</summary>
    Json,

    /// <summary>Kubernetes' own: lists are merged by their keys. Built-in types only.</summary>
    Strategic,
}

/// <summary>What becomes of objects that the deleted one owns.</summary>
public enum Propagation
{
    /// <summary>They are deleted after it.</summary>
    Background,

    /// <summary>They are deleted before it.</summary>
    Foreground,

    /// <summary>They stay.</summary>
    Orphan,
}

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>As the server does by default.</summary>
    public static DeleteOptions Default { get; } = new();

    /// <summary>Only the object with this uid; null for whatever bears the name.</summary>
    public string? Uid { get; init; }

    /// <summary>Only the object in this state; null for any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What becomes of objects that it owns; null for the type's default.</summary>
    public Propagation? Propagation { get; init; }

    /// <summary>
    /// How long it gets to end by itself; null for the type's default. Zero asks for it to be forgotten at once.
    /// </summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>Everything happens but the deletion.</summary>
    public bool DryRun { get; init; }
}
