using System.Runtime.CompilerServices;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes;

/// <content>Reading objects.</content>
public sealed partial class KubernetesClient
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="KubernetesException">The request failed; there may be no such object.</exception>
    public Task<MappingNode> GetAsync(ObjectAddress address, CancellationToken cancellation) =>
        GetPathAsync(address.Path(), cancellation);

    /// <summary>Reads an object; null when there is none.</summary>
    /// <exception cref="KubernetesException">The request failed for another reason.</exception>
    public async Task<MappingNode?> FindAsync(ObjectAddress address, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(address, cancellation);
        }
        catch (KubernetesException e) when (e.Failure.IsObjectMissing)
        {
            return null;
        }
    }

    /// <summary>Reads all objects of a selection, page by page; each is made when it is asked for.</summary>
    /// <exception cref="KubernetesException">A request failed.</exception>
    public async IAsyncEnumerable<ListedObject> ListAsync(
        ResourceType type, Selection selection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in ListPagesAsync(type, selection, ListExpiry.GoOn, cancellation))
            foreach (var item in page.Items())
                yield return item;
    }

    /// <summary>Reads all objects of a selection, page by page.</summary>
    /// <param name="type">Their type.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="expiry">What happens when it takes too long.</param>
    /// <param name="cancellation">Ends the list.</param>
    /// <exception cref="KubernetesException">A request failed.</exception>
    public async IAsyncEnumerable<ListPage> ListPagesAsync(
        ResourceType type, Selection selection, ListExpiry expiry, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = "";
        do
        {
            var (answer, reset) = await PageAsync(type, selection, (next, expiry), cancellation);
            using (answer)
            {
                var parts = Split(answer);
                var page = new ListPage(answer.Request, answer.Body, parts, reset);
                yield return page;
                page.Close();
                next = parts.Continue;
            }
        }
        while (next.Length > 0);
    }

    // A server forgets old states; it then offers a token for the rest of the list as it is now.
    private async Task<(ApiAnswer Answer, bool Reset)> PageAsync(
        ResourceType type, Selection selection, (string Token, ListExpiry Expiry) place, CancellationToken cancellation)
    {
        try
        {
            return (await channel.SendAsync(ListRequest(type, selection, place.Token), cancellation), false);
        }
        catch (KubernetesException e) when (e.Failure.IsExpired && place.Token.Length > 0)
        {
            var goesOn = place.Expiry == ListExpiry.GoOn && e.Failure.Continue is not null;
            var token = goesOn ? e.Failure.Continue! : "";
            return (await channel.SendAsync(ListRequest(type, selection, token), cancellation), !goesOn);
        }
    }

    private ApiRequest ListRequest(ResourceType type, Selection selection, string token)
    {
        var query = Select(selection).Add("limit", (selection.PageSize ?? Options.PageSize).ToString())
            .Add("continue", token.Length == 0 ? null : token);
        return ApiRequest.Get(type.Path(selection.Namespace) + query);
    }

    private static Query Select(Selection selection) => new Query()
        .Add("labelSelector", selection.LabelSelector)
        .Add("fieldSelector", selection.FieldSelector);

    private static PageSplitter Split(ApiAnswer answer)
    {
        try
        {
            return PageSplitter.Split(answer.Body.Bytes);
        }
        catch (JsonException e)
        {
            throw ApiAnswer.Unreadable(
                answer.Request,
                new(new("", (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "it is no list in JSON"));
        }
    }
}
