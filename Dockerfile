# syntax=docker/dockerfile:1
# Give both images by digest where builds have to be repeatable: --build-arg SDK=…@sha256:… --build-arg RUNTIME=…@sha256:…
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ARG TOOLS=mcr.microsoft.com/dotnet/aspnet:10.0-noble

FROM --platform=$BUILDPLATFORM ${SDK} AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
# Compiled ahead of time: a replica is ready within a second.
RUN case "$TARGETARCH" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac \
 && dotnet publish src/GitOpsPolicy.Cli --configuration Release --runtime "$rid" --output /app

# For `reconcile`, which calls git, ssh and gpg: docker build --target reconciler. Add kustomize or kubectl, helm, sops, terraform or tofu where units need them.
FROM ${TOOLS} AS reconciler
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates git gpg openssh-client tzdata && rm -rf /var/lib/apt/lists/* \
 && echo 'gitops-policy:x:65532:65532::/tmp:/usr/sbin/nologin' >> /etc/passwd   # ssh runs for nobody whom it does not find there
COPY --from=build /app /app
ENV DOTNET_EnableDiagnostics=0
WORKDIR /etc/gitops-policy
USER 1654:1654
EXPOSE 8080
ENTRYPOINT ["/app/gitops-policy"]
CMD ["reconcile"]

# No shell, no package manager, nobody to log in as.
FROM ${RUNTIME}
COPY --from=build /app /app
# Freeze windows name time zones, which this image has none of.
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
ENV DOTNET_EnableDiagnostics=0
WORKDIR /etc/gitops-policy
USER 1654:1654
EXPOSE 8443 8080
ENTRYPOINT ["/app/gitops-policy"]
CMD ["serve"]
