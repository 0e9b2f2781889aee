using System.Collections.Immutable;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>What drift of a resource calls for, mildest first.</summary>
public enum DriftClass
{
    /// <summary>Nothing: something else than Git decides.</summary>
    Ignore,

    /// <summary>Bringing back what Git says.</summary>
    Correct,

    /// <summary>Telling someone; nothing is written.</summary>
    Alert,

    /// <summary>Standing still until someone has decided.</summary>
    Freeze,
}

/// <summary>Whether a resource that left Git may be deleted, mildest first.</summary>
public enum PrunePolicy
{
    /// <summary>Yes.</summary>
    Allow,

    /// <summary>After someone has confirmed it.</summary>
    Confirm,

    /// <summary>No, unless its deletion is acknowledged by name.</summary>
    Never,
}

/// <summary>One class of resources, a row of the drift table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Drift">What drift calls for.</param>
/// <param name="Prune">Whether it may be pruned.</param>
/// <param name="IsStateful">What is deleted cannot be made again from Git.</param>
/// <param name="NeedsBackup">A fresh backup has to be proven before it is deleted.</param>
/// <param name="Why">What is lost when it is deleted, in a few words.</param>
internal sealed record ResourceClass(
    string Name, DriftClass Drift, PrunePolicy Prune, bool IsStateful, bool NeedsBackup, string Why)
{
    /// <summary>Drift of it is about who may do what, wherever it is.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>
    /// Where it never was in Git there is no other copy of it. What Git had is in its history, and may be pruned once that is
    /// confirmed.
    /// </summary>
    public bool IsOnlyCopy { get; init; }

    /// <summary>Places whose drift calls for something else.</summary>
    public ImmutableArray<FieldRule> Fields { get; init; } = [];
}
