{{- define "gitops-policy.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "gitops-policy.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "gitops-policy.labels" -}}
{{ include "gitops-policy.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "gitops-policy.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "gitops-policy.name" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- define "gitops-policy.image" -}}
{{- if .Values.image.digest }}{{ printf "%s@%s" .Values.image.repository .Values.image.digest }}{{ else }}{{ printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}{{ end }}
{{- end }}

{{- define "gitops-policy.rulesConfigMap" -}}
{{- default (printf "%s-rules" (include "gitops-policy.name" .)) .Values.rules.existingConfigMap }}
{{- end }}

{{- define "gitops-policy.certificateSecret" -}}
{{- default (printf "%s-certificates" (include "gitops-policy.name" .)) .Values.certificates.existingSecret }}
{{- end }}

{{/* Each use of a BreakGlass that is no dry run is written down as an Event. */}}
{{- define "gitops-policy.sideEffects" -}}
{{- if .Values.breakGlass.enabled }}NoneOnDryRun{{ else }}None{{ end }}
{{- end }}

{{/* How the API server reaches a path of the webhook. */}}
{{- define "gitops-policy.clientConfig" -}}
service: { name: {{ include "gitops-policy.name" .root }}, namespace: {{ .root.Release.Namespace }}, path: {{ .path }}, port: 443 }
{{- with .root.Values.certificates.caBundle }}
caBundle: {{ . }}
{{- end }}
{{- end }}

{{/* The label kubernetes.io/metadata.name is set by the server and cannot be forged. */}}
{{- define "gitops-policy.namespaceSelector" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: {{ append .Values.webhook.excludedNamespaces .Release.Namespace | uniq | toJson }}
{{- with .Values.webhook.exemptLabel }}
  - key: {{ . }}
    operator: NotIn
    values: ["true"]
{{- end }}
{{- end }}

{{/* Not the webhook's labels: its Service would find these pods too. */}}
{{- define "gitops-policy.reconciler.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-reconciler
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "gitops-policy.reconciler.labels" -}}
{{ include "gitops-policy.reconciler.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "gitops-policy.reconciler.image" -}}
{{- $image := .Values.reconciler.image }}
{{- if $image.digest }}{{ printf "%s@%s" $image.repository $image.digest }}{{ else }}{{ printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) }}{{ end }}
{{- end }}

{{/* Of a Deployment and of its Lease: one for each shard. */}}
{{- define "gitops-policy.reconciler.shardName" -}}
{{- if eq .count 1 }}{{ .name }}{{ else }}{{ printf "%s-%d" .name .shard }}{{ end }}
{{- end }}
