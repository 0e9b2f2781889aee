using System.Text.Json.Nodes;

namespace GitOpsPolicy.Load.Reviews;

/// <summary>
/// Pods of some 3 KB, three in five without fault; the others have one to three. The same numbers make the same Pods.
/// </summary>
internal static class PodReviews
{
    private static readonly Action<JsonObject, JsonObject>[] Faults =
    [
        static (_, c) => c["image"] = "registry.example.com.evil.io/web:v1.2.3",
        static (_, c) => c["image"] = "registry.example.com/shop/web:latest",
        static (_, c) => c["securityContext"]!["privileged"] = true,
        static (_, c) => c["securityContext"]!.AsObject().Remove("allowPrivilegeEscalation"),
        static (_, c) => c["securityContext"]!["runAsNonRoot"] = false,
        static (_, c) => c["securityContext"]!["readOnlyRootFilesystem"] = false,
        static (_, c) => c["securityContext"]!["capabilities"]!["add"] = new JsonArray("NET_ADMIN"),
        static (pod, _) => pod["spec"]!["volumes"]!.AsArray()
            .Add(JsonNode.Parse("""{"name":"node","hostPath":{"path":"/var/run"}}""")),
        static (pod, _) => pod["spec"]!["hostPID"] = true,
        static (_, c) => c["resources"]!["limits"]!.AsObject().Remove("memory"),
        static (_, c) => c["resources"]!["requests"]!.AsObject().Remove("cpu"),
        static (_, c) => c.Remove("readinessProbe"),
        static (pod, _) => pod["metadata"]!["labels"]!.AsObject().Remove("example.com/owner"),
        static (_, c) => c["imagePullPolicy"] = "Always",
        static (_, c) => c["ports"]![0]!["hostPort"] = 8080,
        static (pod, _) => pod["spec"]!["securityContext"]!["seccompProfile"]!["type"] = "Unconfined",
        static (_, c) => c["env"]!.AsArray().Add(JsonNode.Parse("""{"name":"DB_PASSWORD","value":"not-so-secret"}""")),
    ];

    /// <summary>Makes reviews of Pods.</summary>
    /// <param name="count">How many.</param>
    /// <param name="inForce">Names of the rules in force.</param>
    public static List<Review> Make(int count, IReadOnlyCollection<string> inForce)
    {
        var reviews = new List<Review>(count);
        foreach (var json in Texts(count))
            reviews.Add(Review.OfCreate(
                "Pod", json, PodOracle.Judge(json, inForce),
                ($"team-{reviews.Count % 20}", $"web-{reviews.Count}",
                    $"system:serviceaccount:kube-system:replicaset-controller")));
        return reviews;
    }

    /// <summary>The Pods themselves, <c>web-0</c> in <c>team-0</c> first.</summary>
    public static IEnumerable<string> Texts(int count)
    {
        var chance = new Random(17);
        for (var i = 0; i < count; i++) yield return Pod(i, chance);
    }

    /// <summary>The text of a Pod without fault.</summary>
    public static JsonObject Sound(int number, int containers = 2)
    {
        var pod = JsonNode.Parse(
            $$$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-{{{{number}}}}","namespace":"team-{{{{number % 20}}}}","uid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","creationTimestamp":"2026-11-21T12:00:00Z",
            "labels":{"app.kubernetes.io/name":"web","example.com/owner":"team-{{{{number % 20}}}}","pod-template-hash":"5b6c7d8e9f"},"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-20T09:30:00Z"},
            "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-5b6c7d8e9f","uid":"16fd2706-8baf-433b-82eb-8c7fada847da","controller":true,"blockOwnerDeletion":true}]},
            "spec":{"serviceAccountName":"web","restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","enableServiceLinks":false,"schedulerName":"default-scheduler",
            "securityContext":{"runAsNonRoot":true,"runAsUser":10001,"fsGroup":10001,"seccompProfile":{"type":"RuntimeDefault"}},
            "volumes":[{"name":"tmp","emptyDir":{"sizeLimit":"64Mi"}},{"name":"config","configMap":{"name":"web","defaultMode":420}}],"containers":[],
            "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]}}
            """)!.AsObject();
        for (var i = 0; i < containers; i++) pod["spec"]!["containers"]!.AsArray().Add(Container(i));
        return pod;
    }

    private static string Pod(int number, Random chance)
    {
        var pod = Sound(number);
        var faults = chance.Next(5) < 3 ? 0 : chance.Next(1, 4);
        for (var i = 0; i < faults; i++)
            Faults[chance.Next(Faults.Length)](pod, pod["spec"]!["containers"]![chance.Next(2)]!.AsObject());
        return pod.ToJsonString();
    }

    private static JsonNode Container(int number) => JsonNode.Parse(
        $$$$"""
        {"name":"c{{{{number}}}}","image":"registry.example.com/shop/web:v1.{{{{number % 10}}}}.3","imagePullPolicy":"IfNotPresent","args":["--listen=:8080","--log=json"],
        "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{"name":"LOG_LEVEL","value":"info"},{"name":"DB_USER","valueFrom":{"secretKeyRef":{"name":"db","key":"user"}}}],
        "resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"volumeMounts":[{"name":"tmp","mountPath":"/tmp"},{"name":"config","mountPath":"/etc/web","readOnly":true}],
        "livenessProbe":{"httpGet":{"path":"/healthz","port":8080,"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"failureThreshold":3},
        "readinessProbe":{"httpGet":{"path":"/readyz","port":8080,"scheme":"HTTP"},"periodSeconds":5,"timeoutSeconds":1,"failureThreshold":3},
        "securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}
        """)!;
}
