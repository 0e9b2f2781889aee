using System.Collections.Frozen;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>
/// The fields in which custom resources keep images outside a pod's shape. A path is keys separated by dots; <c>*</c> stands for every
/// element of a list or every value of a mapping; a path whose end is missing names nothing.
/// </summary>
internal static class CustomResourceImages
{
    private static readonly FrozenDictionary<string, string[]> Fields = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // PostgreSQL
        ["postgresql.cnpg.io/Cluster"] = ["spec.imageName", "spec.bootstrap.initdb.import.image"],
        ["postgresql.cnpg.io/ImageCatalog"] = ["spec.images.*.image"],
        ["postgresql.cnpg.io/ClusterImageCatalog"] = ["spec.images.*.image"],
        ["acid.zalan.do/postgresql"] = ["spec.dockerImage", "spec.connectionPooler.dockerImage", "spec.sidecars.*.image"],
        ["acid.zalan.do/OperatorConfiguration"] = ["configuration.docker_image", "configuration.sidecar_docker_images.*"],
        ["postgres-operator.crunchydata.com/PostgresCluster"] =
            ["spec.image", "spec.backups.pgbackrest.image", "spec.proxy.pgBouncer.image", "spec.monitoring.pgmonitor.exporter.image", "spec.userInterface.pgAdmin.image"],
        ["postgres-operator.crunchydata.com/PGAdmin"] = ["spec.image"],
        ["pgv2.percona.com/PerconaPGCluster"] =
            ["spec.image", "spec.backups.pgbackrest.image", "spec.proxy.pgBouncer.image", "spec.pmm.image", "spec.instances.*.sidecars.*.image"],
        ["stackgres.io/SGCluster"] = ["spec.pods.customContainers.*.image"],

        // MySQL, MongoDB, Redis, Cassandra and their kin
        ["pxc.percona.com/PerconaXtraDBCluster"] =
            ["spec.initImage", "spec.pxc.image", "spec.haproxy.image", "spec.proxysql.image", "spec.logcollector.image", "spec.pmm.image", "spec.backup.image"],
        ["ps.percona.com/PerconaServerMySQL"] =
            ["spec.initImage", "spec.mysql.image", "spec.proxy.haproxy.image", "spec.proxy.router.image", "spec.orchestrator.image", "spec.pmm.image", "spec.backup.image", "spec.toolkit.image"],
        ["psmdb.percona.com/PerconaServerMongoDB"] = ["spec.image", "spec.initImage", "spec.pmm.image", "spec.backup.image", "spec.replsets.*.sidecars.*.image"],
        ["k8s.mariadb.com/MariaDB"] = ["spec.image", "spec.metrics.exporter.image", "spec.galera.agent.image", "spec.galera.initContainer.image"],
        ["k8s.mariadb.com/MaxScale"] = ["spec.image", "spec.metrics.exporter.image"],
        ["databases.spotahome.com/RedisFailover"] =
            ["spec.redis.image", "spec.sentinel.image", "spec.redis.exporter.image", "spec.sentinel.exporter.image", "spec.sentinel.configCopy.image"],
        ["redis.redis.opstreelabs.in/*"] = ["spec.kubernetesConfig.image", "spec.redisExporter.image", "spec.sidecars.*.image", "spec.initContainer.image"],
        ["dragonflydb.io/Dragonfly"] = ["spec.image"],
        ["planetscale.com/VitessCluster"] = ["spec.images.*", "spec.images.mysqld.*"],
        ["cassandra.datastax.com/CassandraDatacenter"] = ["spec.serverImage", "spec.configBuilderImage", "spec.systemLoggerImage"],
        ["k8ssandra.io/K8ssandraCluster"] = ["spec.cassandra.serverImage"],
        ["crdb.cockroachlabs.com/CrdbCluster"] = ["spec.image.name"],
        ["pingcap.com/TidbCluster"] =
            ["spec.pd.image", "spec.tikv.image", "spec.tidb.image", "spec.tiflash.image", "spec.ticdc.image", "spec.pump.image", "spec.discovery.image", "spec.helper.image"],
        ["neo4j.com/*"] = ["spec.image"],
        ["apps.emqx.io/*"] = ["spec.image"],

        // Queues and search
        ["kafka.strimzi.io/Kafka"] =
        [
            "spec.kafka.image", "spec.zookeeper.image", "spec.entityOperator.topicOperator.image", "spec.entityOperator.userOperator.image",
            "spec.entityOperator.tlsSidecar.image", "spec.cruiseControl.image", "spec.cruiseControl.tlsSidecar.image", "spec.kafkaExporter.image", "spec.jmxTrans.image",
        ],
        ["kafka.strimzi.io/*"] = ["spec.image", "spec.build.output.image"],
        ["rabbitmq.com/RabbitmqCluster"] = ["spec.image"],
        ["nats.io/NatsCluster"] = ["spec.serverImage"],
        ["platform.confluent.io/*"] = ["spec.image.application", "spec.image.init"],
        ["elasticsearch.k8s.elastic.co/*"] = ["spec.image"],
        ["kibana.k8s.elastic.co/*"] = ["spec.image"],
        ["apm.k8s.elastic.co/*"] = ["spec.image"],
        ["beat.k8s.elastic.co/*"] = ["spec.image"],
        ["agent.k8s.elastic.co/*"] = ["spec.image"],
        ["logstash.k8s.elastic.co/*"] = ["spec.image"],
        ["enterprisesearch.k8s.elastic.co/*"] = ["spec.image"],
        ["maps.k8s.elastic.co/*"] = ["spec.image"],
        ["opensearch.opster.io/OpenSearchCluster"] = ["spec.general.image", "spec.dashboards.image", "spec.initHelper.image"],

        // Observability
        ["monitoring.coreos.com/Prometheus"] = ["spec.image", "spec.thanos.image"],
        ["monitoring.coreos.com/PrometheusAgent"] = ["spec.image"],
        ["monitoring.coreos.com/Alertmanager"] = ["spec.image"],
        ["monitoring.coreos.com/ThanosRuler"] = ["spec.image"],
        ["opentelemetry.io/OpenTelemetryCollector"] = ["spec.image", "spec.targetAllocator.image"],
        ["opentelemetry.io/Instrumentation"] = ["spec.*.image"],
        ["jaegertracing.io/Jaeger"] = ["spec.*.image"],

        // Workflows and serving
        ["argoproj.io/Workflow"] = WorkflowFields("spec"),
        ["argoproj.io/WorkflowTemplate"] = WorkflowFields("spec"),
        ["argoproj.io/ClusterWorkflowTemplate"] = WorkflowFields("spec"),
        ["argoproj.io/CronWorkflow"] = WorkflowFields("spec.workflowSpec"),
        ["argoproj.io/Sensor"] = ["spec.template.container.image"],
        ["argoproj.io/EventSource"] = ["spec.template.container.image"],
        ["argoproj.io/ArgoCD"] = ["spec.image", "spec.redis.image", "spec.sso.dex.image"],
        ["tekton.dev/*"] =
        [
            "spec.steps.*.image", "spec.sidecars.*.image", "spec.stepTemplate.image", "spec.taskSpec.steps.*.image", "spec.taskSpec.sidecars.*.image",
            "spec.tasks.*.taskSpec.steps.*.image", "spec.tasks.*.taskSpec.sidecars.*.image", "spec.finally.*.taskSpec.steps.*.image",
            "spec.pipelineSpec.tasks.*.taskSpec.steps.*.image", "spec.pipelineSpec.finally.*.taskSpec.steps.*.image",
        ],
        ["sparkoperator.k8s.io/SparkApplication"] = ["spec.image", "spec.driver.image", "spec.executor.image"],
        ["sparkoperator.k8s.io/ScheduledSparkApplication"] = ["spec.template.image", "spec.template.driver.image", "spec.template.executor.image"],
        ["flink.apache.org/FlinkDeployment"] = ["spec.image"],
        ["camel.apache.org/*"] = ["spec.image", "spec.build.baseImage"],

        // Storage, security, delivery
        ["ceph.rook.io/CephCluster"] = ["spec.cephVersion.image"],
        ["minio.min.io/Tenant"] = ["spec.image", "spec.kes.image", "spec.sideCars.containers.*.image"],
        ["vault.banzaicloud.com/Vault"] = ["spec.image", "spec.bankVaultsImage", "spec.statsdImage", "spec.fluentdImage"],
        ["k8s.keycloak.org/Keycloak"] = ["spec.image"],
        ["infra.contrib.fluxcd.io/Terraform"] = ["spec.runnerPodTemplate.spec.image"],
        ["fluxcd.controlplane.io/FluxInstance"] = ["spec.distribution.artifact"],
        ["pkg.crossplane.io/Provider"] = ["spec.package"],
        ["pkg.crossplane.io/Configuration"] = ["spec.package"],
        ["pkg.crossplane.io/Function"] = ["spec.package"],
        ["operators.coreos.com/CatalogSource"] = ["spec.image"],
        ["operators.coreos.com/ClusterServiceVersion"] = ["spec.relatedImages.*.image"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The images that the fields of this kind hold.</summary>
    public static void Find(MappingNode root, string group, string kind, FoundImages found)
    {
        var exact = Fields.GetValueOrDefault($"{group}/{kind}") ?? Fields.GetValueOrDefault($"{group}/*");
        foreach (var path in exact ?? [])
        {
            var steps = path.Split('.');
            Follow(root, steps, 0, found);
        }

        if (group == "monitoring.coreos.com") FindBaseImage(root["spec"], found);
        if (group == "kustomize.toolkit.fluxcd.io") FindKustomizeImages(root["spec"].At("images"), found);
    }

    private static string[] WorkflowFields(string at) =>
    [
        $"{at}.templates.*.container.image", $"{at}.templates.*.script.image", $"{at}.templates.*.sidecars.*.image",
        $"{at}.templates.*.initContainers.*.image", $"{at}.templates.*.containerSet.containers.*.image",
        $"{at}.templateDefaults.container.image", $"{at}.templateDefaults.script.image",
    ];

    private static void Follow(Node node, string[] steps, int step, FoundImages found)
    {
        if (step == steps.Length)
        {
            // Fields such as `package` and `images.*` may hold something else in other versions of the kind: only text counts.
            var name = (node.Parent as MappingNode)?.TextAt("name");
            ImageFinder.Add(node, ImageRole.Field, name, found);
            return;
        }

        if (steps[step] != "*")
        {
            if (node.At(steps[step]) is { } next) Follow(next, steps, step + 1, found);
            return;
        }

        foreach (var item in node.ItemsOf()) Follow(item, steps, step + 1, found);
        foreach (ref readonly var entry in node.EntriesOf()) Follow(entry.Value, steps, step + 1, found);
    }

    // prometheus-operator before 0.70: baseImage with tag or sha beside it, used where `image` is not set.
    private static void FindBaseImage(Node? spec, FoundImages found)
    {
        if (spec.At("image") is not null || spec.At("baseImage") is not { } node || node.AsText() is not { } text) return;
        var raw = spec.TextAt("sha") is { Length: > 0 } sha ? $"{text}@sha256:{sha}" : spec.TextAt("tag") is { Length: > 0 } tag ? $"{text}:{tag}" : text;
        found.Add(new FoundImage(node, raw, ImageRole.Field, null));
    }

    // Flux Kustomization: the image that takes the place of the one in the manifests.
    private static void FindKustomizeImages(Node? images, FoundImages found)
    {
        foreach (var image in images.ItemsOf())
        {
            if ((image.At("newName") ?? image.At("name")) is not { } node || node.AsText() is not { } name) continue;
            if (image.TextAt("digest") is { Length: > 0 } digest) found.Add(new FoundImage(node, $"{name}@{digest}", ImageRole.Field, null));
            else if (image.TextAt("newTag") is { Length: > 0 } tag) found.Add(new FoundImage(node, $"{name}:{tag}", ImageRole.Field, null));
            else if (image.At("newName") is not null) found.Add(new FoundImage(node, name, ImageRole.Field, null));
        }
    }
}
