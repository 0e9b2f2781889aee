using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Dashboard.Pages;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>
/// Answers requests for the dashboard. It reads the board and changes nothing, and has no method by which anything could be.
/// </summary>
/// <param name="board">What is known of the units.</param>
/// <param name="rules">The rules in force; null before there are any.</param>
/// <param name="options">How it is shown.</param>
internal sealed class DashboardApp(StatusBoard board, Func<RuleSet?> rules, DashboardOptions options)
{
    // Nothing but what comes from here is loaded, nothing is run, and no other page may show this one or take it over.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string Never = "no-store";
    private const string Ask = "no-cache";

    private readonly HostNames hosts = new(options);

    /// <summary>Answers one.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        Protect(context.Response.Headers);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return TellAsync(context, StatusCodes.Status405MethodNotAllowed, "the dashboard is only to be read\n");
        }

        // A kubelet asks by the address of the Pod whether it lives.
        var path = PathOf(context);
        if (path is not ["healthz"] && !hosts.Allow(context.Request.Host))
            return TellAsync(context, StatusCodes.Status421MisdirectedRequest, "the dashboard does not go by this name\n");
        return path switch
        {
            ["healthz"] => TellAsync(context, StatusCodes.Status200OK, "ok\n"),
            [""] => ShowAsync(context, static page => new OverviewPage(page).Write()),
            ["units", var place, var name] => ShowAsync(
                context, page => board.Find(new(place, name)) is { } unit ? new UnitPage(page, unit).Write() : Html.None),
            ["rules"] => ShowAsync(context, static page => new RulePages(page).WriteAll()),
            ["rules", var rule] => ShowAsync(context, page => new RulePages(page).WriteOne(rule)),
            ["api", "units"] => SendAsync(context, StatusApi.All(Chosen(context)), StatusApi.ContentType, Ask),
            ["api", "units", var place, var name] when board.Find(new UnitKey(place, name)) is { } unit =>
                SendAsync(context, UnitStatusJson.Write(unit), StatusApi.ContentType, Ask),
            ["api", ..] => TellAsync(context, StatusCodes.Status404NotFound, "there is no such unit\n"),
            [var file] when Array.Find(Assets.All, asset => asset.Path == "/" + file) is { } asset =>
                SendAsync(context, asset.Bytes, asset.ContentType, ForEver),
            _ => ShowAsync(context, static _ => Html.None),
        };
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    // The address as it was sent, so that each part is decoded once and only once.
    private static string[] PathOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var path = target.Split('?', 2)[0];
        return [.. path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
    }

    private ImmutableArray<UnitStatus> Chosen(HttpContext context) =>
        UnitQuery.Of(context.Request.Query).Choose(board.Snapshot(), new(options.Clock.GetUtcNow(), options.StaleAfter));

    private Task ShowAsync(HttpContext context, Func<PageContext, Html> write)
    {
        var page = new PageContext(
            board.Snapshot(), rules(), UnitQuery.Of(context.Request.Query), options, options.Clock.GetUtcNow());
        var html = write(page);
        if (html.IsNone)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            html = Layout.Of(
                page, "/", "Not found",
                Html.Of($"<h1>There is nothing here</h1>\n<p class=\"lead\">The unit or rule is gone, or was never there. <a href=\"/{page.Keep}\">All units</a></p>\n"));
        }

        return SendAsync(context, Encoding.UTF8.GetBytes(html.ToString()), "text/html; charset=utf-8", Never);
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType, string keep)
    {
        context.Response.Headers.CacheControl = keep;
        if (keep != Never)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span))[..32]}\"";
            context.Response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch.Contains(tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Task TellAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", Never);
    }
}
