using System.CommandLine;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Events;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Webhook.Events;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Events about the Pod that <c>serve</c> runs in, for whoever describes it.</summary>
internal static class ServeEvents
{
    /// <summary>Writes events in the name of this server.</summary>
    public static ClusterEvents Writer(KubernetesClient client, Terminal terminal) =>
        new(client, "gitops-policy.dev/webhook", OwnProcess.Name(terminal));

    /// <summary>
    /// What to tell of rules that do not come into force, and what has to run beside the server for it. Null outside of a Pod
    /// that knows its name; where the cluster cannot be reached, that is told once, and the log has all there is.
    /// </summary>
    public static (Action<string> Refused, Func<CancellationToken, Task> Run)? OfOwnPod(
        ClusterOptions cluster, ParseResult parsed, Terminal terminal)
    {
        if (OwnProcess.Pod(terminal) is not var (place, name)) return null;
        try
        {
            var client = cluster.Client(parsed, terminal);
            var queue = new EventQueue(Writer(client, terminal), terminal.Error);
            var pod = NewObject.Of(
                ("apiVersion", "v1"), ("kind", "Pod"), ("metadata", NewObject.Of(("name", name), ("namespace", place))));
            return (why => queue.Write(pod, new("RulesRefused", "Reload", why) { IsWarning = true }), async stop =>
            {
                using (client) await queue.RunAsync(stop);
            });
        }
        catch (UsageException e)
        {
            terminal.Error.WriteLine($"events: none will be written: {e.Message}");
            return null;
        }
    }
}
