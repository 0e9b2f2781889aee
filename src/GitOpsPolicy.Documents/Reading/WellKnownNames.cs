namespace GitOpsPolicy.Documents;

internal static partial class NameTable
{
    /// <summary>Keys that most Kubernetes objects and Terraform plans hold.</summary>
    private const string WellKnownNames = """
        apiVersion kind metadata spec status data stringData type name namespace labels annotations items
        generateName uid resourceVersion generation creationTimestamp deletionTimestamp finalizers ownerReferences managedFields
        replicas selector matchLabels matchExpressions key operator values template strategy rollingUpdate maxSurge maxUnavailable
        containers initContainers ephemeralContainers image imagePullPolicy imagePullSecrets command args env envFrom value valueFrom
        fieldRef fieldPath secretKeyRef configMapKeyRef secretRef configMapRef ports containerPort hostPort protocol port targetPort nodePort
        resources limits requests cpu memory storage volumeMounts mountPath subPath readOnly volumes emptyDir configMap secret secretName
        persistentVolumeClaim claimName hostPath projected sources downwardAPI defaultMode optional path
        livenessProbe readinessProbe startupProbe httpGet tcpSocket exec scheme initialDelaySeconds periodSeconds timeoutSeconds
        failureThreshold successThreshold securityContext runAsUser runAsGroup runAsNonRoot fsGroup privileged capabilities add drop
        allowPrivilegeEscalation readOnlyRootFilesystem seccompProfile supplementalGroups
        serviceAccountName serviceAccount automountServiceAccountToken nodeSelector tolerations effect affinity nodeAffinity podAffinity
        podAntiAffinity topologyKey topologySpreadConstraints terminationGracePeriodSeconds restartPolicy dnsPolicy hostNetwork hostPID hostIPC
        priorityClassName schedulerName volumeClaimTemplates serviceName updateStrategy accessModes storageClassName volumeName
        clusterIP externalName loadBalancerIP sessionAffinity rules apiGroups resourceNames verbs nonResourceURLs roleRef subjects apiGroup
        host hosts http paths pathType backend service number tls ingressClassName minAvailable scaleTargetRef minReplicas maxReplicas metrics
        group versions version served storage schema openAPIV3Schema properties description format required items enum default pattern
        additionalProperties anyOf oneOf allOf nullable minimum maximum minLength maxLength minItems maxItems x-kubernetes-int-or-string
        x-kubernetes-preserve-unknown-fields x-kubernetes-list-type x-kubernetes-list-map-keys x-kubernetes-map-type names plural singular
        shortNames listKind scope conversion subresources additionalPrinterColumns jsonPath conditions reason message lastTransitionTime
        webhooks clientConfig caBundle url operations scope failurePolicy sideEffects admissionReviewVersions matchPolicy namespaceSelector
        objectSelector reinvocationPolicy schedule jobTemplate suspend completions parallelism backoffLimit ttlSecondsAfterFinished
        source destination project repoURL targetRevision chart helm kustomize server syncPolicy automated prune selfHeal interval sourceRef
        app.kubernetes.io/name app.kubernetes.io/instance app.kubernetes.io/version app.kubernetes.io/component app.kubernetes.io/part-of
        app.kubernetes.io/managed-by helm.sh/chart app component kubectl.kubernetes.io/last-applied-configuration
        address mode index provider_name schema_version change actions before after after_unknown before_sensitive after_sensitive
        replace_paths action_reason module_address previous_address deposed resource_changes resource_drift planned_values root_module
        child_modules sensitive_values configuration prior_state variables output_changes format_version terraform_version
        id arn tags tags_all region bucket force_destroy deletion_protection skip_final_snapshot
        y n title severity category remediation match parameters deny when forEach requires
        """;
}
