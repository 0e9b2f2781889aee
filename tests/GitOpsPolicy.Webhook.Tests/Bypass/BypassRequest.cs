using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Webhook.Tests.Bypass;

/// <summary>
/// Makes the review that a line of bypass.cases tells of.
/// <list type="bullet">
/// <item><c>image:PLACE</c>, <c>image=REFERENCE:PLACE</c>, <c>privileged:PLACE</c>: one container (or image volume) more, in that
/// list of the pod.</item>
/// <item><c>secret:PLACE</c>: a URL with a password; <c>secret64</c>, <c>secret6464</c>: in base64, once or twice;
/// <c>secretjson</c>: inside JSON.</item>
/// <item><c>set:POINTER=JSON</c>, <c>old:POINTER=JSON</c>, <c>request:POINTER=JSON</c>: a value in the object, the object before,
/// the request; <c>null</c> takes it out.</item>
/// <item><c>user=</c>, <c>groups=</c>: who asks; <c>sent-as=</c>: the kind before the server converted it; <c>old-as-bad</c>: it
/// was as bad before.</item>
/// </list>
/// </summary>
internal sealed partial class BypassRequest
{
    /// <summary>No answer may hold this.</summary>
    public const string Password = "kJ8vQ2mX9pLw4RtZ";

    private const string Secret = $"postgres://shop:{Password}@db.prod.svc:5432/shop";
    private const string BadImage = "evil.example.net/web:1";
    private const string GoodImage = "registry.example.com/web:1.2.3";

    private readonly string[] kind;
    private readonly JsonObject request;

    private BypassRequest(string operation, string kindWords)
    {
        kind = kindWords.Split('/') is [['v', >= '0' and <= '9', ..], ..] core ? ["", .. core] : kindWords.Split('/');
        request = new()
        {
            ["uid"] = "u",
            ["kind"] = KindOf(kind),
            ["resource"] = new JsonObject
            {
                ["group"] = kind[0],
                ["version"] = kind[1],
                ["resource"] = kind[2].ToLowerInvariant() + "s",
            },
            ["subResource"] = kind.Length > 3 ? kind[3] : null,
            ["requestKind"] = KindOf(kind),
            ["name"] = "web",
            ["namespace"] = "shop",
            ["operation"] = operation,
            ["userInfo"] = new JsonObject
            {
                ["username"] = "mallory",
                ["groups"] = new JsonArray("developers", "system:authenticated"),
            },
            ["dryRun"] = false,
        };
    }

    /// <summary>The review as JSON.</summary>
    public static string Of(string operation, string kind, string wrong, string tricks)
    {
        var made = new BypassRequest(operation, kind);
        var (sound, bad) = (made.SoundObject(), made.SoundObject());
        made.Spoil(bad, wrong);
        var words = Trick().Split(tricks).Where(static word => word.Length > 0).Select(static word => word.TrimEnd(' ')).ToList();
        foreach (var word in words.Where(static word => !word.StartsWith("request:", StringComparison.Ordinal)))
            made.Play(word, bad, sound);
        var before = words.Contains("old-as-bad") ? bad.DeepClone() : operation == "DELETE" ? bad : sound;
        made.request["object"] = operation == "DELETE" ? null : bad;
        made.request["oldObject"] = operation is "CREATE" or "CONNECT" ? null : before;
        foreach (var word in words.Where(static word => word.StartsWith("request:", StringComparison.Ordinal)))
            Set(made.request, word["request:".Length..]);
        return new JsonObject
        {
            ["kind"] = "AdmissionReview",
            ["apiVersion"] = "admission.k8s.io/v1",
            ["request"] = made.request,
        }.ToJsonString();
    }

    private static JsonObject KindOf(string[] kind) => new() { ["group"] = kind[0], ["version"] = kind[1], ["kind"] = kind[2] };

    private void Play(string word, JsonObject bad, JsonObject sound)
    {
        switch (word.Split(['=', ':'], 2))
        {
            case ["set", var what]:
                Set(bad, what);
                break;
            case ["old", var what]:
                Set(sound, what);
                break;
            case ["user", var name]:
                request["userInfo"]!["username"] = name.Replace("\\u0020", " ", StringComparison.Ordinal);
                break;
            case ["groups", var names]:
                request["userInfo"]!["groups"] = new JsonArray([.. names.Split(',').Select(static name => (JsonNode)name)]);
                break;
            case ["sent-as", var sent]:
                request["requestKind"] = KindOf(sent.Split('/'));
                break;
            case ["old-as-bad"]:
                break;
            default:
                throw new FormatException($"no trick is called `{word}`");
        }
    }

    private JsonObject SoundObject()
    {
        var made = new JsonObject
        {
            ["apiVersion"] = kind[0].Length == 0 ? kind[1] : $"{kind[0]}/{kind[1]}",
            ["kind"] = kind[2],
            ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "shop", ["uid"] = "3f1c" },
        };
        if (PodPath is { } path && kind[2] != "EphemeralContainers")
            Pod(made, path)["containers"] = new JsonArray(Container("web", GoodImage));
        if (kind[2] == "PersistentVolumeClaim")
            made["spec"] = new JsonObject { ["accessModes"] = new JsonArray("ReadWriteOnce") };
        if (kind[2] == "Secret") made["type"] = "Opaque";
        return made;
    }

    private string? PodPath => kind[2] switch
    {
        "Pod" => "spec",
        "PodTemplate" => "template/spec",
        "CronJob" => "spec/jobTemplate/spec/template/spec",
        "EphemeralContainers" => "",
        "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "ReplicationController" or "Job" or "Rollout"
            or "CloneSet" or "Service" when kind[0] is not "" || kind[2] == "ReplicationController" =>
            "spec/template/spec",
        _ => null,
    };

    private static JsonObject Pod(JsonObject made, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(made, static (at, step) => (at[step] ??= new JsonObject()).AsObject());

    private static JsonObject Container(string name, string image) => new() { ["name"] = name, ["image"] = image };

    private void Spoil(JsonObject made, string wrong)
    {
        var (what, place) = wrong.LastIndexOf(':') is > 0 and var colon ? (wrong[..colon], wrong[(colon + 1)..]) : (wrong, "");
        switch (what.Split('=', 2))
        {
            case ["nothing"]:
                break;
            case ["image"]:
                AddImage(made, place, BadImage);
                break;
            case ["image", var reference]:
                AddImage(made, place, JsonNode.Parse($"\"{reference}\"")!.GetValue<string>());
                break;
            case ["privileged"]:
                var privileged = Container("extra", GoodImage);
                privileged["securityContext"] = new JsonObject { ["privileged"] = true };
                Add(Pod(made, PodPath!), place, privileged);
                break;
            case ["command"]:
                made["command"] = new JsonArray(place);
                break;
            case ["replicas"]:
                made["spec"] = new JsonObject { ["replicas"] = 11 };
                break;
            case ["sealed"]:
                made["spec"] = new JsonObject { ["encryptedData"] = new JsonObject { ["password"] = "hunter2" } };
                break;
            default:
                PutSecret(made, place, Hide(what));
                break;
        }
    }

    private void AddImage(JsonObject made, string place, string image)
    {
        if (place == "items")
            made["items"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(Container("web", image)) },
            });
        else
            Add(
                Pod(made, PodPath!), place,
                place == "volumes"
                    ? new() { ["name"] = "extra", ["image"] = new JsonObject { ["reference"] = image } }
                    : Container("extra", image));
    }

    private static void Add(JsonObject pod, string list, JsonObject one) => (pod[list] ??= new JsonArray()).AsArray().Add(one);

    private void PutSecret(JsonObject made, string place, string secret)
    {
        switch (place)
        {
            case "env":
                Pod(made, PodPath!)["containers"]![0]!["env"] = new JsonArray(new JsonObject
                {
                    ["name"] = "DATABASE",
                    ["value"] = secret,
                });
                break;
            case "args":
                Pod(made, PodPath!)["containers"]![0]!["args"] = new JsonArray($"--database={secret}");
                break;
            case "annotation":
                made["metadata"]!["annotations"] = new JsonObject { ["example.com/database"] = secret };
                break;
            default:
                made[place] = new JsonObject { ["database"] = secret };
                break;
        }
    }

    private static string Hide(string how) => how switch
    {
        "secret" => Secret,
        "secret64" => Base64(Secret),
        "secret6464" => Base64(Base64(Secret)),
        "secreturl" => $"see {Secret}?sslmode=require for more",
        "secretjson" => $$"""{"database":{"url":"{{Secret}}"} }""",
        _ => throw new FormatException($"nothing wrong is called `{how}`"),
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void Set(JsonObject root, string pointerAndValue)
    {
        var (steps, value) = (pointerAndValue[1..pointerAndValue.IndexOf('=')].Split('/'),
            JsonNode.Parse(pointerAndValue[(pointerAndValue.IndexOf('=') + 1)..]));
        var holder = Pod(root, string.Join('/', steps[..^1]));
        holder.Remove(steps[^1]);
        if (value is not null) holder[steps[^1]] = value;
    }

    [GeneratedRegex(@"(?:^| )(?=(?:set:|old:|request:|user=|groups=|sent-as=|old-as-bad))", RegexOptions.None, 1_000)]
    private static partial Regex Trick();
}
