using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Webhook.Audit;

/// <summary>
/// Judges what lives in a cluster, type by type and page by page. Each object is judged by itself, as the webhook judges the
/// request that creates it, and let go of: one page is in memory at a time.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="rules">The rules.</param>
/// <param name="scope">What of it is judged.</param>
/// <param name="options">The options to judge with.</param>
public sealed class ClusterAudit(
    KubernetesClient client, RuleSet rules, AuditScope scope, EvaluationOptions options) : IDisposable
{
    private readonly Evaluator evaluator = new(rules);
    private readonly EvaluationOptions options = options with { Workers = 1 };
    private readonly ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly List<string> missing = [];
    private ImmutableArray<ResourceType> types = [];
    private DecisionSum? current;

    /// <summary>Called between two objects: where others need the processor, this is where they get it.</summary>
    public Func<CancellationToken, ValueTask> Yield { get; init; } = static _ => ValueTask.CompletedTask;

    /// <summary>Kinds that may not be listed are left out and named, which is no mistake; else they are one.</summary>
    public bool SkipsForbidden { get; init; }

    /// <summary>Told of each type before it is listed.</summary>
    public Action<ResourceType> Begins { get; init; } = static _ => { };

    /// <summary>What has been found, of the types that have been judged to the end.</summary>
    public DecisionSum Sum { get; } = new(rules);

    /// <summary>Types that have been judged to the end.</summary>
    public int TypesDone { get; private set; }

    /// <summary>Types to judge.</summary>
    public int TypeCount => types.Length;

    /// <summary>Judges all there is.</summary>
    /// <exception cref="KubernetesException">The server cannot be reached, or does not know who asks.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; <see cref="Decide"/> tells what was found
    /// before.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var catalog = await client.Discovery.RefreshAsync(cancellation);
        missing.AddRange(catalog.Undescribed.Select(static group => $"{group.ApiVersion} is not judged: {group.Reason}"));
        types = AuditedTypes.Of(catalog, scope, evaluator, options);
        foreach (var type in types)
        {
            Begins(type);
            await JudgeAsync(type, cancellation);
            TypesDone++;
        }
    }

    /// <summary>The decision about all that has been judged so far.</summary>
    public Decision Decide()
    {
        Settle();
        var isWhole = TypesDone == types.Length;
        IEnumerable<string> incomplete = isWhole
            ? missing
            : missing.Append($"{types.Length - TypesDone} of {types.Length} kinds of objects were not judged to the end");
        var around = new ChangeSet { Changes = [], Problems = problems.ToImmutable(), Incomplete = [.. incomplete] };
        return Sum.ToDecision(around, isWhole && scope.IsAll && missing.Count == 0 && problems.Count == 0, options.Today);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        current?.Dispose();
        Sum.Dispose();
    }

    private async Task JudgeAsync(ResourceType type, CancellationToken cancellation)
    {
        foreach (var place in scope.Places)
        {
            try
            {
                await JudgeAsync(type, place, cancellation);
            }
            catch (KubernetesException e) when (e.Failure is { Stage: FailureStage.Refused, IsUnauthorized: false })
            {
                if (SkipsForbidden && e.Failure.IsForbidden)
                    missing.Add($"{type} are not judged: there is no right to list them");
                // a definition that went meanwhile took its objects along
                else if (!e.Failure.IsNotFound) problems.Add(Unlisted(type, e.Failure));
            }

            Settle();
        }
    }

    private async Task JudgeAsync(ResourceType type, string? place, CancellationToken cancellation)
    {
        current = new(rules);
        await foreach (var page in client.ListPagesAsync(type, new() { Namespace = place }, ListExpiry.GoOn, cancellation))
        {
            if (page.StartsOver) Forget();
            foreach (var item in page.Items())
            {
                await Yield(cancellation);
                cancellation.ThrowIfCancellationRequested();
                if (item.Object is { } found) Judge(found, cancellation);
                else problems.Add(item.Problem!);
            }
        }
    }

    private void Judge(MappingNode item, CancellationToken cancellation)
    {
        var metadata = new ObjectMetadata(item);
        if (!scope.Covers(metadata.Namespace)) return;
        current!.Add(
            evaluator.Evaluate(LiveObject.Read(item), options, cancellation), $"{metadata.Uid} {metadata.ResourceVersion}");
    }

    // The server has forgotten the state that the list began with and offers no other: what earlier pages held is met again.
    private void Forget()
    {
        current?.Dispose();
        current = new(rules);
    }

    private void Settle()
    {
        if (current is null) return;
        Sum.Add(current);
        current.Dispose();
        current = null;
    }

    /// <summary>A kind that could not be listed.</summary>
    internal static Problem Unlisted(ResourceType type, ApiFailure failure) => new(
        new(type.ToString(), 0, 0),
        $"cannot be listed: {failure.Message}",
        failure.IsForbidden ? "grant `list` on it, or leave it out with `--kinds`" : null);
}
