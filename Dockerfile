# syntax=docker/dockerfile:1
# Give both images by digest where builds have to be repeatable: --build-arg SDK=…@sha256:… --build-arg RUNTIME=…@sha256:…
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM --platform=$BUILDPLATFORM ${SDK} AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
# Compiled ahead of time: a replica is ready within a second.
RUN case "$TARGETARCH" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac \
 && dotnet publish src/GitOpsPolicy.Cli --configuration Release --runtime "$rid" --output /app

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
