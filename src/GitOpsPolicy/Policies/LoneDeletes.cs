using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>
/// What acknowledgements cover where deletes come one at a time, as at an API server: the set that the digest is of is nowhere to
/// be seen there. Instead the list has to agree with the digest by itself, and the object has to be one that was there when the
/// list was written, so that nothing of the same name that is made later can be deleted by it.
/// </summary>
internal static class LoneDeletes
{
    /// <summary>
    /// So long one without an expiry date holds in a cluster, from its <see cref="Acknowledgement.CreatedBefore"/> on.
    /// </summary>
    public const int Days = 14;

    /// <summary>
    /// Why an acknowledgement that names a change's resource does not cover its delete, in a few words; null when it does.
    /// </summary>
    /// <param name="of">The acknowledgement.</param>
    /// <param name="change">The change.</param>
    /// <param name="today">The day it is; null when that is not known.</param>
    public static string? FlawOf(Acknowledgement of, Change change, DateOnly? today) =>
        of.Flaw(today) ?? FlawOfTerms(of, change.Environment, today) ?? FlawFor(of.CreatedBefore.GetValueOrDefault(), change)
        ?? (of.Named.Any(one =>
            one.IsCanonical && one.Meant is Operation.Delete or Operation.Replace && one.Resource == change.Resource.Canonical)
            ? null
            : $"does not say that `{change.Resource}` is deleted");

    private static string? FlawOfTerms(Acknowledgement of, string? environment, DateOnly? today) => of switch
    {
        _ when !AgreesWithItsDigest(
            of) =>
                "is bound to more than its own list says, so that it holds only before the merge; write it anew with `gitops-policy acknowledge`",
        { CreatedBefore: null } =>
            "does not say by `createdBefore` which objects it is for, those of today or later ones of the same names",
        _ when today is null => "cannot be checked for its age, as the date is not known",
        { CreatedBefore: { } from } when Day(from) > today =>
            $"is for what was created before {Times.Write(from)}, and that time has not come",
        { Expires: null, CreatedBefore: { } from } when Day(from).AddDays(Days) < today =>
            $"held for {Days} days in a cluster, and has no `expires`",
        { Environments.IsEmpty: true } when environment is not null =>
            $"does not say for which environment it is, and this is `{environment}`",
        _ => of.FlawOfPlace(environment),
    };

    private static string? FlawFor(DateTimeOffset createdBefore, Change change) => change switch
    {
        { Operation: not Operation.Delete } or { Subresource.Length: > 0 } =>
            "covers deletes in a cluster, and this is another request",
        { Resource: KubernetesId { Group: "", Kind: "Namespace" }
            or KubernetesId { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } } =>
            "does not cover what goes down with it, which may be newer than the review and more than the list; a waiver or a BreakGlass says that all of it is meant",
        _ => FlawForAge(createdBefore, Times.Parse(change.Before?.Text("metadata", "creationTimestamp"))),
    };

    // The API server sets that time when the object comes to be, and lets nobody change it.
    private static string? FlawForAge(DateTimeOffset createdBefore, DateTimeOffset? created) => created switch
    {
        null => "covers objects by their age, and that of this one is not known",
        { } time when time >= createdBefore =>
            $"is for what was created before {Times.Write(createdBefore)}, and this was created at {Times.Write(time)}",
        _ => null,
    };

    private static bool AgreesWithItsDigest(Acknowledgement of) =>
        of.Named.All(static one => one.IsCanonical)
            && DeletionSet.Digest(of.Named.Select(static one => (one.Meant, one.Resource))) == of.Digest;

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
