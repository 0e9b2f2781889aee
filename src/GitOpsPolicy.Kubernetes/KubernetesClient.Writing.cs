using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes;

/// <content>Writing objects.</content>
public sealed partial class KubernetesClient
{
    /// <summary>Makes an object; its name, or <c>generateName</c>, stands in it.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="inNamespace">Where; null for a cluster-scoped object.</param>
    /// <param name="body">The object.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="KubernetesException">The request failed; the object may be there already.</exception>
    public Task<Written> CreateAsync(
        ResourceType type, string? inNamespace, Node body, WriteOptions? options, CancellationToken cancellation) =>
        WriteAsync(ApiRequest.With(HttpMethod.Post, type.Path(inNamespace) + Asking(options), body), cancellation);

    /// <summary>Replaces an object. With a <c>resourceVersion</c> in it, only where it is still in that state.</summary>
    /// <exception cref="KubernetesException">The request failed; the object may have changed meanwhile (409).</exception>
    public Task<Written> UpdateAsync(ObjectAddress address, Node body, WriteOptions? options, CancellationToken cancellation) =>
        WriteAsync(ApiRequest.With(HttpMethod.Put, address.Path() + Asking(options), body), cancellation);

    /// <summary>Changes parts of an object.</summary>
    /// <param name="address">Which.</param>
    /// <param name="form">How the patch is written.</param>
    /// <param name="patch">The patch. A merge patch with a <c>resourceVersion</c> changes the object in that state alone.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="KubernetesException">The request failed.</exception>
    public Task<Written> PatchAsync(
        ObjectAddress address, PatchForm form, Node patch, WriteOptions? options, CancellationToken cancellation)
    {
        var type = form switch
        {
            PatchForm.Merge => "application/merge-patch+json",
            PatchForm.Json => "application/json-patch+json",
            PatchForm.Strategic => "application/strategic-merge-patch+json",
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        return WriteAsync(
            ApiRequest.With(HttpMethod.Patch, address.Path() + Asking(options), patch) with { BodyType = type }, cancellation);
    }

    /// <summary>
    /// Applies an object on the server's side: the fields in it become what they say and belong to the field manager, who gives
    /// up the fields that it applied before and that are no longer in it.
    /// </summary>
    /// <param name="address">Which.</param>
    /// <param name="body">The object, <c>apiVersion</c> and <c>kind</c> included, without <c>managedFields</c>.</param>
    /// <param name="options">In whose name, and whether by force.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>The object, or the fields that other managers own.</returns>
    /// <exception cref="KubernetesException">The request failed for another reason.</exception>
    public async Task<Applied> ApplyAsync(ObjectAddress address, Node body, ApplyOptions options, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(options.FieldManager))
            throw new ArgumentException("Applying needs a field manager.", nameof(options));
        var query = Asking(options).Add("force", options.Force);
        var request = ApiRequest.With(HttpMethod.Patch, address.Path() + query, body) with
        {
            BodyType = "application/apply-patch+yaml", // JSON is YAML; servers before 1.33 know no other name
            IsRepeatable = true,
        };
        try
        {
            return new Applied.Done(await WriteAsync(request, cancellation));
        }
        catch (KubernetesException e) when (Conflicts(e.Failure) is { IsEmpty: false } conflicts)
        {
            return new Applied.Refused(conflicts);
        }
    }

    /// <summary>Deletes an object, or begins to: with finalizers or a grace period it lives on for a while.</summary>
    /// <returns>True when it is gone, false when it is still there and will go.</returns>
    /// <exception cref="KubernetesException">The request failed; there may be no such object, or not in the state asked for
    /// (409).</exception>
    public async Task<bool> DeleteAsync(ObjectAddress address, DeleteOptions? options, CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(
            ApiRequest.With(HttpMethod.Delete, address.Path(), DeleteBody(options)), cancellation);
        var left = answer.ReadObject();
        return left.Text("kind") == "Status" || !new ObjectMetadata(left).IsDeleting;
    }

    /// <summary>Deletes all objects of a selection in one namespace, or of a cluster-scoped type.</summary>
    /// <exception cref="ArgumentException">A namespaced type without a namespace: it would empty the whole cluster.</exception>
    /// <exception cref="KubernetesException">The request failed.</exception>
    public async Task DeleteCollectionAsync(
        ResourceType type, Selection selection, DeleteOptions? options, CancellationToken cancellation)
    {
        if (type.IsNamespaced && selection.Namespace is null)
            throw new ArgumentException("Deleting a collection needs a namespace.", nameof(selection));
        var path = type.Path(selection.Namespace) + Select(selection);
        using var answer = await channel.SendAsync(ApiRequest.With(HttpMethod.Delete, path, DeleteBody(options)), cancellation);
    }

    private async Task<Written> WriteAsync(ApiRequest request, CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(request, cancellation);
        return new(answer.ReadObject(), answer.Code == 201, answer.Warnings);
    }

    private static Query Asking(WriteOptions? options) => new Query()
        .Add("dryRun", options is { DryRun: true } ? "All" : null)
        .Add("fieldManager", options?.FieldManager)
        .Add("fieldValidation", options?.FieldValidation);

    private static MappingNode DeleteBody(DeleteOptions? options) => NewObject.Of(
        ("apiVersion", "v1"),
        ("kind", "DeleteOptions"),
        ("dryRun", options is { DryRun: true } ? new SequenceNode([ScalarNode.String("All")]) : null),
        ("gracePeriodSeconds", options?.GracePeriodSeconds),
        ("propagationPolicy", options?.Propagation?.ToString()),
        ("preconditions", options is { Uid: null, ResourceVersion: null } or null
            ? null
            : NewObject.Of(("uid", options.Uid), ("resourceVersion", options.ResourceVersion))));

    private static ImmutableArray<FieldConflict> Conflicts(ApiFailure failure) => failure.IsConflict
        ? [.. failure.Causes.Where(static cause => cause.Reason == "FieldManagerConflict")
            .Select(static cause => new FieldConflict(ManagerIn(cause.Message), cause.Field, cause.Message))]
        : [];

    // The server names the manager in a sentence only: conflict with "kubectl" using apps/v1
    private static string ManagerIn(string message) =>
        ManagerPattern().Match(message) is { Success: true } match ? match.Groups[1].Value : "";

    [GeneratedRegex("^conflict with \"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ManagerPattern();
}
