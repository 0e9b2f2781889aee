using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>Serves repositories below a folder over http on loopback: as Git's own program does, or as plain files.</summary>
internal sealed class GitWebServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GitWebServer(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.First()).Port;

    /// <summary>The requests so far.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<GitWebServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new GitWebServer(builder.Build());
        server.app.Run(context =>
        {
            lock (server.Asked) server.Asked.Add($"{context.Request.Path} {context.Request.Headers.Authorization}");
            return answer(context);
        });
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Git's own program, over the common gateway interface (RFC 3875).</summary>
    public static async Task AnswerAsync(HttpContext context, string root)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var request = context.Request;
        (string, string?)[] variables =
        [
            ("GIT_PROJECT_ROOT", root), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_INFO", request.Path),
            ("REQUEST_METHOD", request.Method), ("QUERY_STRING", request.QueryString.Value?.TrimStart('?')),
            ("CONTENT_TYPE", request.ContentType), ("HTTP_CONTENT_ENCODING", request.Headers.ContentEncoding),
            ("GIT_PROTOCOL", request.Headers["Git-Protocol"]), ("REMOTE_ADDR", "127.0.0.1"),
        ];
        foreach (var (name, value) in variables) start.Environment[name] = value ?? "";
        using var process = Process.Start(start)!;
        await request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await SendAsync(context, output.ToArray());
    }

    /// <summary>The files of a folder as they are.</summary>
    public static async Task SendFileAsync(HttpContext context, string root)
    {
        var file = Path.Combine(root, context.Request.Path.Value!.TrimStart('/'));
        if (File.Exists(file)) await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(file));
        else context.Response.StatusCode = 404;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static async Task SendAsync(HttpContext context, byte[] output)
    {
        var end = output.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(output, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status") context.Response.StatusCode = int.Parse(value[..3]);
            else context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(output.AsMemory(end + 4));
    }
}
