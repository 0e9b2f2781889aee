using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace GitOpsPolicy.EndToEnd.Tests.Reconcile;

/// <summary>
/// One queue as Amazon SQS tells of it (its JSON protocol), for the real provider to read, change and delete: what lives can be
/// changed behind its back.
/// </summary>
internal sealed class QueueService : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal)
    {
        ["QueueArn"] = "arn:aws:sqs:eu-west-1:000000000000:orders",
        ["VisibilityTimeout"] = "30",
        ["DelaySeconds"] = "0",
        ["MaximumMessageSize"] = "262144",
        ["MessageRetentionPeriod"] = "345600", ["ReceiveMessageWaitTimeSeconds"] = "0", ["SqsManagedSseEnabled"] = "true",
    };

    public QueueService()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The queue is there.</summary>
    public bool Exists { get; private set; } = true;

    /// <summary>How long a message stays unseen once it was taken.</summary>
    public string VisibilityTimeout
    {
        get => attributes["VisibilityTimeout"];
        set => attributes["VisibilityTimeout"] = value;
    }

    /// <summary>What a configuration says to find the service, and nothing else of the cloud.</summary>
    public string Provider =>
        $"provider \"aws\" {{\n  region = \"eu-west-1\"\n  access_key = \"mock\"\n  secret_key = \"mock\"\n  skip_credentials_validation = true\n  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n  endpoints {{\n    sqs = \"{Address}\"\n  }}\n}}\n";

    /// <summary>The state of somebody who has made the queue.</summary>
    public string State => $$$"""
        {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "4d78d676-0672-45ad-2926-4ea8f78fff68", "outputs": {}, "check_results": null, "resources": [
          {"mode": "managed", "type": "aws_sqs_queue", "name": "orders", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [{"schema_version": 0, "sensitive_attributes": [], "attributes": {
            "arn": "arn:aws:sqs:eu-west-1:000000000000:orders", "content_based_deduplication": false, "deduplication_scope": "", "delay_seconds": 0, "fifo_queue": false, "fifo_throughput_limit": "",
            "id": "{{{Address}}}/000000000000/orders", "kms_data_key_reuse_period_seconds": 300, "kms_master_key_id": "", "max_message_size": 262144, "message_retention_seconds": 345600, "name": "orders",
            "name_prefix": "", "policy": "", "receive_wait_time_seconds": 0, "redrive_allow_policy": "", "redrive_policy": "", "sqs_managed_sse_enabled": true, "tags": null, "tags_all": {}, "timeouts": null,
            "url": "{{{Address}}}/000000000000/orders", "visibility_timeout_seconds": 30}}]}]}
        """;

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) await ServeAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var asked = (context.Request.Headers["X-Amz-Target"] ?? "").Split('.')[^1];
        var (code, answer) = Answer(asked);
        if (code != 200) context.Response.Headers["x-amzn-query-error"] = "AWS.SimpleQueueService.NonExistentQueue;Sender";
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        context.Response.Close();
    }

    private (int Code, string Answer) Answer(string asked)
    {
        if (!Exists) return (400, """{"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "there is no such queue"}""");
        if (asked == "DeleteQueue") Exists = false;
        return asked switch
        {
            "GetQueueAttributes" =>
                (200,
                    new JsonObject
                    {
                        ["Attributes"] = new JsonObject(attributes.Select(static one => KeyValuePair.Create(
                            one.Key, (JsonNode?)one.Value))),
                    }.ToJsonString()),
            "ListQueueTags" => (200, """{"Tags": {}}"""),
            _ => (200, "{}"),
        };
    }
}
